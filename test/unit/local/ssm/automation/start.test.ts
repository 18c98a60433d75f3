import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack, CONTEXT } from './support.ts';

const TYPED = `schemaVersion: '0.3'
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  Name: { type: String, allowedPattern: '[a-z]+', minChars: 2, maxChars: 5 }
  Mode: { type: String, default: dry, allowedValues: [dry, real] }
  Ids: { type: 'List<AWS::EC2::Instance::Id>', default: [], maxItems: 2 }
  Count: { type: Integer, default: 3 }
  Force: { type: Boolean, default: false }
  Tags: { type: StringMap, default: {} }
  Rules: { type: MapList, default: [] }
  FromStore: { type: String, default: '{{ssm:/app/name}}' }
  AutomationAssumeRole: { type: String, default: '' }
  Role: { type: 'AWS::IAM::Role::Arn', default: '' }
mainSteps:
  - name: one
    action: aws:sleep
    inputs: { Duration: PT1S }`;
const TOKEN = '11111111-2222-3333-4444-555555555555';

let stack: ReturnType<typeof automationStack>;
const start = (parameters: JsonObject = {}, more: JsonObject = {}) =>
  stack.start('Typed', { Name: ['abc'], ...parameters }, more);
const code = (expected: string) => expect.objectContaining({ code: expected });
const INVALID = 'InvalidAutomationExecutionParametersException';

beforeEach(() => {
  stack = automationStack();
  stack.call('PutParameter', { Name: '/app/name', Value: 'stored', Type: 'String' });
  stack.create('Typed', TYPED);
});

describe('parameters', () => {
  it('are typed, and defaults filled in, also from Parameter Store', () => {
    const id = start({
      Ids: ['i-0123456789abcdef0'],
      Force: ['TRUE'],
      Tags: ['{"a":"b"}'],
      Rules: ['[{"Cidr":"::/0"}]'],
    });
    expect(stack.get(id).Parameters).toEqual({
      Name: ['abc'],
      Mode: ['dry'],
      Ids: ['i-0123456789abcdef0'],
      Count: ['3'],
      Force: ['true'],
      Tags: ['{"a":"b"}'],
      Rules: ['{"Cidr":"::/0"}'],
      FromStore: ['stored'],
      AutomationAssumeRole: [''],
      Role: [''],
    });
  });

  it.each<[string, JsonObject]>([
    ['unknown', { Nmae: ['abc'] }],
    ['unknown, and dangerous', JSON.parse('{"__proto__":["x"]}')],
    ['not matching the pattern as a whole', { Name: ['abc1'] }],
    ['too short', { Name: ['a'] }],
    ['too long', { Name: ['abcdef'] }],
    ['two values for a String', { Name: ['abc', 'def'] }],
    ['no value for a String', { Name: [] }],
    ['not an allowed value', { Mode: ['wet'] }],
    ['too many items', { Ids: ['i-01234567', 'i-01234568', 'i-01234569'] }],
    ['not an instance ID', { Ids: ['vol-01234567'] }],
    ['not an integer', { Count: ['3.5'] }],
    ['not a boolean', { Force: ['yes'] }],
    ['not a map', { Tags: ['[1]'] }],
    ['a map with a dangerous key', { Tags: ['{"__proto__":{"polluted":"yes"}}'] }],
    ['not a list of maps', { Rules: ['["a"]'] }],
    ['not a role', { Role: ['<role ARN>'] }],
    ['a user, not a role', { Role: ['arn:aws:iam::123456789012:user/me'] }],
  ])('are refused: %s', (_why, parameters) => {
    expect(() => start(parameters)).toThrow(code(INVALID));
    expect(stack.call('DescribeAutomationExecutions').AutomationExecutionMetadataList).toEqual([]);
  });

  it('are refused by name where they are required and missing', () => {
    expect(() => stack.start('Typed')).toThrow(/required.*\[Name\]/);
  });

  it('are refused where Parameter Store has no default for them', () => {
    stack.create('NoDefault', TYPED.replace('/app/name', '/app/none'));
    expect(() => stack.start('NoDefault', { Name: ['abc'] })).toThrow(/\{\{ ssm:\/app\/none \}\}/);
  });

  it.each<[string, JsonObject, string]>([
    ['an empty value', { Parameters: { Name: [''] } }, 'ValidationException'],
    ['a value of 513 characters', { Parameters: { Name: ['a'.repeat(513)] } }, 'ValidationException'],
    ['a string for a list', { Parameters: { Name: 'abc' } }, 'SerializationException'],
    ['a short client token', { ClientToken: 'abc' }, 'ValidationException'],
    [
      'six tags',
      { Tags: Array.from({ length: 6 }, (_, i) => ({ Key: `k${i}`, Value: 'v' })) },
      'ValidationException',
    ],
    ['rate control', { Targets: [{ Key: 'tag:a', Values: ['b'] }], MaxErrors: '1' }, 'ValidationException'],
    ['an unknown document', { DocumentName: 'Nowhere' }, 'AutomationDefinitionNotFoundException'],
    ['an unknown version', { DocumentVersion: '2' }, 'AutomationDefinitionVersionNotFoundException'],
    ['a document name that is none', { DocumentName: '!' }, 'ValidationException'],
  ])('a request with %s is refused', (_what, more, expected) => {
    expect(() => start({}, more)).toThrow(code(expected));
  });

  it('show a role of type String as it came: there is no IAM that could assume it', async () => {
    const id = start({ AutomationAssumeRole: ['<role ARN>'] });
    await stack.automation.idle();
    expect(stack.get(id)).toMatchObject({
      AutomationExecutionStatus: 'Success',
      Parameters: { AutomationAssumeRole: ['<role ARN>'] },
    });
  });

  it('accepts a role, a version by name, tags, and the document by ARN', () => {
    const id = start(
      { AutomationAssumeRole: ['arn:aws:iam::123456789012:role/path/remediator'] },
      {
        DocumentName: 'arn:aws:ssm:us-east-1:123456789012:document/Typed',
        DocumentVersion: '$DEFAULT',
        Tags: [{ Key: 'finding', Value: 'f1' }],
      },
    );
    const listed = stack.call('ListTagsForResource', { ResourceType: 'Automation', ResourceId: id });
    expect(listed).toEqual({ TagList: [{ Key: 'finding', Value: 'f1' }] });
    expect(stack.get(id)).toMatchObject({
      DocumentName: 'Typed',
      DocumentVersion: '1',
      ExecutedBy: CONTEXT.principalArn,
    });
  });
});

describe('client tokens', () => {
  it('start one execution for the same inputs, also after it has ended', async () => {
    const first = start({ Count: ['1'] }, { ClientToken: TOKEN });
    expect(start({ Count: ['1'] }, { ClientToken: TOKEN })).toBe(first);
    await stack.automation.idle();
    expect(start({ Count: ['1'] }, { ClientToken: TOKEN })).toBe(first);
    expect(stack.call('DescribeAutomationExecutions').AutomationExecutionMetadataList).toHaveLength(1);
  });

  it('do not mind the order of parameters', () => {
    const first = stack.start('Typed', { Name: ['abc'], Count: ['1'] }, { ClientToken: TOKEN });
    expect(stack.start('Typed', { Count: ['1'], Name: ['abc'] }, { ClientToken: TOKEN })).toBe(first);
  });

  it('are refused with other inputs', () => {
    start({ Count: ['1'] }, { ClientToken: TOKEN });
    expect(() => start({ Count: ['2'] }, { ClientToken: TOKEN })).toThrow(
      code('IdempotentParameterMismatch'),
    );
  });

  it('are not used up by a start that was refused', () => {
    expect(() => start({ Count: ['x'] }, { ClientToken: TOKEN })).toThrow(code(INVALID));
    expect(start({ Count: ['2'] }, { ClientToken: TOKEN })).toBeDefined();
  });
});

describe('regions', () => {
  const elsewhere = { ...CONTEXT, region: 'eu-west-1' };

  it('share documents, parameters, executions, their tags, and client tokens', () => {
    const input = {
      DocumentName: 'Typed',
      Parameters: { Name: ['abc'] },
      ClientToken: TOKEN,
      Tags: [{ Key: 'finding', Value: 'f1' }],
    };
    const started = stack.call('StartAutomationExecution', input, elsewhere);
    expect(stack.call('StartAutomationExecution', input)).toEqual(started);
    const id = String(started.AutomationExecutionId);
    expect(stack.get(id).Parameters.FromStore).toEqual(['stored']);
    expect(stack.call('DescribeAutomationExecutions').AutomationExecutionMetadataList).toHaveLength(1);
    expect(stack.call('ListTagsForResource', { ResourceType: 'Automation', ResourceId: id })).toEqual({
      TagList: input.Tags,
    });
    expect(stack.call('StopAutomationExecution', { AutomationExecutionId: id })).toEqual({});
    const { DocumentIdentifiers } = stack.call('ListDocuments', {}, elsewhere);
    expect(DocumentIdentifiers).toContainEqual(expect.objectContaining({ Name: 'Typed' }));
    expect(() => stack.create('Typed', TYPED)).toThrow(code('DocumentAlreadyExists'));
  });

  it('are where an execution calls and says it is: the one in which it was started', async () => {
    stack = automationStack({ DescribeInstances: () => ({}) });
    stack.create(
      'Caller',
      `schemaVersion: '0.3'
mainSteps: [{ name: call, action: 'aws:executeAwsApi', inputs: { Service: ec2, Api: DescribeInstances } }]`,
    );
    const started = stack.call('StartAutomationExecution', { DocumentName: 'Caller' }, elsewhere);
    await stack.automation.idle();
    expect(stack.account.calls).toMatchObject([{ operation: 'DescribeInstances', region: 'eu-west-1' }]);
    expect(stack.bus.events.map(({ region }) => region)).toEqual(Array(4).fill('eu-west-1'));
    expect(stack.bus.events[0]?.resources?.[0]).toBe(
      `arn:aws:ssm:eu-west-1:123456789012:automation-execution/${String(started.AutomationExecutionId)}`,
    );
  });
});
