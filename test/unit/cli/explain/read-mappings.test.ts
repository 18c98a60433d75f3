import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMappings } from '../../../../cli/explain/read-mappings.ts';
import { mappingAmong } from '../../../../shared/domain/mapping-rows.ts';
import { ROOT } from '../../../helpers/checkout.ts';
import { aMappingRow, CHECK_NAME } from '../../../helpers/findings.ts';

const folder = mkdtempSync(join(tmpdir(), 'remediator-mappings-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const OTHER = { ...aMappingRow(), checkName: 'another' };

describe('mapping rows in files', () => {
  it.each([
    ['one row', aMappingRow()],
    ['a list', [aMappingRow(), { checkName: '*' }]],
    ['a scan', { Items: [{ ...aMappingRow() }], Count: 1 }],
    ['what get-item prints', { Item: aMappingRow() }],
  ])('%s', async (name, content) => {
    const rows = await readMappings(file(`${name}.json`, content));
    expect(mappingAmong(rows, CHECK_NAME)).toMatchObject({ checkName: CHECK_NAME });
  });

  it("DynamoDB's JSON, sets and all", async () => {
    const row = {
      ...Object.fromEntries(Object.entries(aMappingRow()).map(([key, value]) => [key, { S: value }])),
      automationStatus: { BOOL: true },
      maxAttempts: { N: '2' },
      requiredTags: { SS: ['b', 'a'] },
    };
    const rows = await readMappings(file('dynamodb.json', { Items: [row] }));
    expect(mappingAmong(rows, CHECK_NAME)).toMatchObject({ maxAttempts: 2, requiredTags: ['a', 'b'] });
  });

  it("the README's example", async () => {
    const rows = await readMappings(join(ROOT, 'examples', 'mapping.json'));
    expect(mappingAmong(rows, CHECK_NAME)).toMatchObject({ executionMode: 'automatic' });
  });

  it('a row as `mappings put` takes it: a template that is an object, examples', async () => {
    const row = {
      ...aMappingRow({ automationParameters: { GroupId: ['$resourceId'] } }),
      why: 'because',
      examples: [{ resource: 'sg-1', expect: { error: 'RESOURCE_NOT_MATCHED' } }],
    };
    const rows = await readMappings(file('annotated.json', [row]));
    expect(mappingAmong(rows, CHECK_NAME)).toMatchObject({
      automationParameters: '{"GroupId":["$resourceId"]}',
    });
  });

  it('a pack, with its parameters as they are by default, or else as its examples have them', async () => {
    const rows = await readMappings(join(ROOT, 'mappings', 'containment.json'));
    expect(mappingAmong(rows, 'UnauthorizedAccess')).toMatchObject({
      automationParameters: expect.stringContaining('arn:aws:iam::111122223333:role/'),
    });
  });

  it('all packs of this checkout', async () => {
    expect((await readMappings(join(ROOT, 'mappings'))).size).toBeGreaterThanOrEqual(60);
  });

  it('every .json of a directory', async () => {
    const directory = join(folder, 'several');
    mkdirSync(directory);
    writeFileSync(join(directory, 'a.json'), JSON.stringify(aMappingRow()));
    writeFileSync(join(directory, 'b.json'), JSON.stringify([OTHER]));
    writeFileSync(join(directory, 'README.md'), 'not a row');
    expect([...(await readMappings(directory)).keys()]).toEqual([CHECK_NAME, 'another']);
  });

  it.each([
    ['broken.json', '{"checkName": "a",\n  oops}', 'NOT_JSON', /broken\.json is not JSON .*line 2/],
    ['empty.json', '\n', 'FILE_EMPTY', /empty/],
    ['text.json', '"text"', 'NOT_A_ROW', /checkName/],
    ['nameless.json', [aMappingRow(), {}], 'NOT_A_ROW', /checkName/],
    ['half.json', { checkName: { S: 'a' }, x: { Q: 1 } }, 'NOT_A_ROW', /half\.json .*DynamoDB JSON/],
    ['twice.json', [OTHER, OTHER], 'TWO_ROWS', /another row of "another"/],
  ])('%s: one line that says what to do', async (name, content, code, message) => {
    await expect(readMappings(file(name, content))).rejects.toMatchObject({
      code,
      exitCode: 2,
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['missing', 'NO_FILE'],
    ['', 'NO_FILE'],
    ['empty-directory', 'NO_MAPPINGS'],
  ])('%j', async (name, code) => {
    mkdirSync(join(folder, 'empty-directory'), { recursive: true });
    const path = name === '' ? '' : join(folder, name);
    await expect(readMappings(path)).rejects.toMatchObject({ code });
  });
});
