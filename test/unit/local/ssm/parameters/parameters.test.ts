import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack, CONTEXT } from '../automation/support.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });

function store() {
  const { call } = automationStack();
  const put = (input: JsonObject) =>
    call('PutParameter', { Name: '/app/key', Type: 'String', Value: 'one', ...input });
  const get = (Name = '/app/key', more: JsonObject = {}) =>
    call('GetParameter', { Name, ...more }).Parameter as JsonObject;
  return { call, put, get };
}

describe('Parameter Store', () => {
  it('keeps versions', () => {
    const { put, get } = store();
    expect(put({})).toEqual({ Version: 1, Tier: 'Standard' });
    expect(() => put({ Value: 'two' })).toThrow(code('ParameterAlreadyExists'));
    expect(put({ Value: 'two', Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' });
    expect(get()).toMatchObject({ Value: 'two', Version: 2, Type: 'String', DataType: 'text' });
    expect(get('/app/key:1')).toMatchObject({ Value: 'one', Version: 1, Selector: ':1' });
    expect(get('arn:aws:ssm:us-east-1:123456789012:parameter/app/key')).toMatchObject({ Name: '/app/key' });
    expect(get().ARN).toBe('arn:aws:ssm:us-east-1:123456789012:parameter/app/key');
    expect(() => get('/app/key:9')).toThrow(code('ParameterVersionNotFound'));
  });

  it('forgets versions older than the newest hundred', () => {
    const { put, get } = store();
    for (let version = 1; version <= 101; version++) put({ Value: `${version}`, Overwrite: true });
    expect(get().Version).toBe(101);
    expect(get('/app/key:2').Value).toBe('2');
    expect(() => get('/app/key:1')).toThrow(code('ParameterVersionNotFound'));
  });

  it('shows a SecureString only decrypted', () => {
    const { put, get } = store();
    put({ Type: 'SecureString', Value: 'secret' });
    expect(get('/app/key').Value).not.toContain('secret');
    expect(get('/app/key', { WithDecryption: true }).Value).toBe('secret');
  });

  it('tells names that are not there, one by one or among others', () => {
    const { call, put, get } = store();
    put({});
    expect(() => get('/app/none')).toThrow(code('ParameterNotFound'));
    expect(call('GetParameters', { Names: ['/app/key', '/app/none'] })).toMatchObject({
      Parameters: [{ Value: 'one' }],
      InvalidParameters: ['/app/none'],
    });
  });

  it('is one for all regions; an ARN keeps the one where its parameter was made', () => {
    const { call, put, get } = store();
    put({});
    const elsewhere = { ...CONTEXT, region: 'eu-west-1' };
    const again = { Name: '/app/key', Value: 'two', Overwrite: true };
    expect(call('PutParameter', again, elsewhere)).toMatchObject({ Version: 2 });
    const ARN = 'arn:aws:ssm:us-east-1:123456789012:parameter/app/key';
    expect(get()).toMatchObject({ Value: 'two', ARN });
    expect(call('GetParameter', { Name: '/app/key' }, elsewhere)).toMatchObject({ Parameter: { ARN } });
  });

  it.each<[string, JsonObject, string]>([
    ['a name with a space', { Name: 'a b' }, 'ValidationException'],
    ['a reserved name', { Name: '/aws/x' }, 'ValidationException'],
    ['16 levels', { Name: '/a'.repeat(16) }, 'HierarchyLevelLimitExceededException'],
    ['no type', { Type: undefined }, 'ValidationException'],
    ['an unknown type', { Type: 'Number' }, 'ValidationException'],
    ['an empty value', { Value: '' }, 'ValidationException'],
    ['a value over 4 KB', { Value: 'x'.repeat(4097) }, 'ValidationException'],
    ['a value off its pattern', { AllowedPattern: '[0-9]+' }, 'ParameterPatternMismatchException'],
    ['a broken pattern', { AllowedPattern: '[' }, 'InvalidAllowedPatternException'],
  ])('refuses %s', (_what, input, expected) => {
    expect(() => store().put(input)).toThrow(code(expected));
  });
});
