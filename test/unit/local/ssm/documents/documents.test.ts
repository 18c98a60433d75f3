import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../local/clock.ts';
import type { JsonObject } from '../../../../../local/service.ts';
import { createDocuments } from '../../../../../local/ssm/documents/documents.ts';
import { TagStore } from '../../../../../local/ssm/tags/tag-store.ts';
import { automationStack } from '../automation/support.ts';

const STEP = { name: 'one', action: 'aws:sleep', inputs: { Duration: 'PT1S' } };
const code = (expected: string) => expect.objectContaining({ code: expected });

function create(content: JsonObject | string, more: JsonObject = {}) {
  const stack = automationStack({}, undefined, {});
  const output = stack.call('CreateDocument', {
    Name: 'My-Runbook',
    DocumentType: 'Automation',
    Content: typeof content === 'string' ? content : JSON.stringify(content),
    ...more,
  });
  return { stack, description: output.DocumentDescription as JsonObject };
}
const document = (more: JsonObject = {}) => ({ schemaVersion: '0.3', mainSteps: [STEP], ...more });

describe('CreateDocument', () => {
  it('takes JSON, YAML and tags, and describes the document', () => {
    const { stack, description } = create(
      document({
        description: 'what it does',
        parameters: {
          Id: { type: 'String', description: 'which' },
          Role: { type: 'String', default: '' },
          Ids: { type: 'StringList', default: ['a'] },
          Force: { type: 'Boolean', default: true },
        },
      }),
      { Tags: [{ Key: 'team', Value: 'sec' }] },
    );
    expect(description).toMatchObject({
      Name: 'My-Runbook',
      Owner: '123456789012',
      DocumentType: 'Automation',
      DocumentFormat: 'JSON',
      SchemaVersion: '0.3',
      Status: 'Active',
      Description: 'what it does',
      Tags: [{ Key: 'team', Value: 'sec' }],
    });
    expect(description.Parameters).toEqual([
      { Name: 'Id', Type: 'String', Description: 'which' },
      { Name: 'Role', Type: 'String', DefaultValue: '' },
      { Name: 'Ids', Type: 'StringList', DefaultValue: '["a"]' },
      { Name: 'Force', Type: 'Boolean', DefaultValue: 'true' },
    ]);
    expect(stack.call('DescribeDocument', { Name: 'My-Runbook' }).Document).toEqual(description);
  });

  it('accepts what AWS accepts, with lookaround in patterns and paths without a root', () => {
    const outputs = [{ Name: 'X', Selector: 'Items[0].X' }];
    const parameters = { A: { type: 'String', default: '', allowedPattern: '^(?!aws)[a-z]*$' } };
    expect(() => create(document({ parameters, mainSteps: [{ ...STEP, outputs }] }))).not.toThrow();
  });

  it.each<[string, JsonObject, RegExp]>([
    ['an unknown action', { mainSteps: [{ ...STEP, action: 'aws:explode' }] }, /no action aws:explode/],
    ['an unknown key', { mainStep: [] }, /mainStep/],
    ['an unknown key of a step', { mainSteps: [{ ...STEP, onFailur: 'Abort' }] }, /onFailur/],
    ['no steps', { mainSteps: [] }, /mainSteps/],
    ['two steps of one name', { mainSteps: [STEP, STEP] }, /another step has the same name/],
    ['a next step that is not there', { mainSteps: [{ ...STEP, nextStep: 'two' }] }, /nextStep.*two/],
    [
      'a failure step that is not there',
      { mainSteps: [{ ...STEP, onFailure: 'step:two' }] },
      /onFailure.*two/,
    ],
    ['a cancel step that is not there', { mainSteps: [{ ...STEP, onCancel: 'step:two' }] }, /onCancel.*two/],
    ['onFailure that means nothing', { mainSteps: [{ ...STEP, onFailure: 'Retry' }] }, /onFailure has to be/],
    [
      'a branch to nowhere',
      {
        mainSteps: [
          { ...STEP, action: 'aws:branch', inputs: { Choices: [{ NextStep: 'two' }], Default: 'three' } },
        ],
      },
      /two.*three/,
    ],
    ['a step name with a space', { mainSteps: [{ ...STEP, name: 'step one' }] }, /letters, digits/],
    ['a parameter of no type', { parameters: { A: { type: 'Text' } } }, /no type Text/],
    ['a default of another type', { parameters: { A: { type: 'Integer', default: 'x' } } }, /A: its default/],
    [
      'an output of no type',
      { mainSteps: [{ ...STEP, outputs: [{ Name: 'X', Selector: '$.X', Type: 'Text' }] }] },
      /X has no type/,
    ],
    [
      'a selector that does not parse',
      { mainSteps: [{ ...STEP, outputs: [{ Name: 'X', Selector: '$.X[' }] }] },
      /not a valid JSONPath/,
    ],
  ])('refuses %s', (_what, more, message) => {
    expect(() => create(document(more))).toThrow(code('InvalidDocumentContent'));
    expect(() => create(document(more))).toThrow(message);
  });

  it('tells all faults at once', () => {
    expect(() => create(document({ mainSteps: [{ ...STEP, action: 'aws:x', nextStep: 'gone' }] }))).toThrow(
      /aws:x.*; .*gone/,
    );
  });

  it.each<[string, string, JsonObject, string]>([
    ['no JSON', '{', {}, 'InvalidDocumentContent'],
    ['YAML without saying so', "schemaVersion: '0.3'", {}, 'InvalidDocumentContent'],
    ['broken YAML', 'a: [', { DocumentFormat: 'YAML' }, 'InvalidDocumentContent'],
    ['a list', '[]', {}, 'InvalidDocumentContent'],
    ['another schema', JSON.stringify({ schemaVersion: '2.2' }), {}, 'InvalidDocumentSchemaVersion'],
    ['64 KB', JSON.stringify(document({ description: 'x'.repeat(65_536) })), {}, 'MaxDocumentSizeExceeded'],
    ['a dangerous key', '{"schemaVersion":"0.3","__proto__":{}}', {}, 'InvalidDocumentContent'],
    [
      'a type that is not Automation',
      JSON.stringify(document()),
      { DocumentType: 'Command' },
      'ValidationException',
    ],
    ["AWS's own name", JSON.stringify(document()), { Name: 'AWS-Mine' }, 'ValidationException'],
    ['a bad name', JSON.stringify(document()), { Name: 'a b' }, 'ValidationException'],
  ])('refuses %s', (_what, content, more, expected) => {
    expect(() => create(content, more)).toThrow(code(expected));
  });

  it('refuses a YAML bomb at once', () => {
    const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`);
    const began = performance.now();
    expect(() => create(['l0: &l0 [x]', ...levels].join('\n'), { DocumentFormat: 'YAML' })).toThrow(
      code('InvalidDocumentContent'),
    );
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('refuses a second document of the same name', () => {
    const { stack } = create(document());
    const again = { Name: 'My-Runbook', DocumentType: 'Automation', Content: JSON.stringify(document()) };
    expect(() => stack.call('CreateDocument', again)).toThrow(code('DocumentAlreadyExists'));
  });
});

describe('reading documents', () => {
  it('gives the content as written, or in the other format', () => {
    const { stack } = create(document());
    const content = (format?: string) =>
      String(
        stack.call('GetDocument', { Name: 'My-Runbook', ...(format && { DocumentFormat: format }) }).Content,
      );
    expect(content()).toBe(JSON.stringify(document()));
    expect(content('YAML')).toContain('schemaVersion: "0.3"');
  });

  it("lists Amazon's and one's own, by filter and page", () => {
    const { stack } = create(document());
    const names = (input: JsonObject = {}) =>
      (stack.call('ListDocuments', input).DocumentIdentifiers as JsonObject[]).map((entry) => entry.Name);
    const filter = (Key: string, value: string) => ({ Filters: [{ Key, Values: [value] }] });
    expect(names()).toEqual(
      expect.arrayContaining(['AWS-DisablePublicAccessForSecurityGroup', 'My-Runbook']),
    );
    expect(names(filter('Owner', 'Self'))).toContain('My-Runbook');
    expect(names(filter('Owner', 'Self'))).not.toContain('AWS-DisablePublicAccessForSecurityGroup');
    expect(names(filter('Owner', 'Amazon'))).not.toContain('My-Runbook');
    expect(names(filter('Name', 'My-'))).toEqual(['My-Runbook']);
    expect(names(filter('DocumentType', 'Command'))).toEqual([]);
    expect(names({ MaxResults: 1 })).toHaveLength(1);
    expect(() => names(filter('Colour', 'red'))).toThrow(code('InvalidFilterKey'));
  });

  it('says which document or version is not there', () => {
    const { stack } = create(document());
    expect(() => stack.call('GetDocument', { Name: 'Nowhere' })).toThrow(code('InvalidDocument'));
    expect(() => stack.call('DescribeDocument', { Name: 'My-Runbook', DocumentVersion: '2' })).toThrow(
      code('InvalidDocumentVersion'),
    );
  });
});

describe('preloaded runbooks', () => {
  it('belong to Amazon, with the parameters of the original', () => {
    const { Document } = automationStack({}, undefined, {}).call('DescribeDocument', {
      Name: 'AWS-DisablePublicAccessForSecurityGroup',
    });
    const { Owner, Parameters } = Document as { Owner: string; Parameters: JsonObject[] };
    expect(Owner).toBe('Amazon');
    expect(Parameters.map(({ Name, Type, DefaultValue }) => [Name, Type, DefaultValue])).toEqual([
      ['GroupId', 'String', undefined],
      ['IpAddressToBlock', 'String', ''],
      ['AutomationAssumeRole', 'String', ''],
    ]);
  });

  it('are checked when they are first asked for: a broken one stops nobody else', () => {
    const directory = mkdtempSync(join(tmpdir(), 'runbooks-'));
    writeFileSync(join(directory, 'Broken.yaml'), "schemaVersion: '0.3'\nmainSteps: 5");
    const sound =
      "schemaVersion: '0.3'\nmainSteps:\n  - { name: a, action: 'aws:sleep', inputs: { Duration: PT1S } }\n";
    writeFileSync(join(directory, 'Sound.yaml'), sound);
    const { store } = createDocuments({
      clock: systemClock,
      tags: new TagStore(),
      accountId: '1',
      directories: [{ directory, owner: '1' }],
    });
    expect(store.find('Sound')?.owner).toBe('1');
    expect(() => store.find('Broken')).toThrow(/mainSteps/);
  });
});
