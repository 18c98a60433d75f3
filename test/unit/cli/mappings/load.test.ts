import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../../../cli/mappings/catalogue.ts';
import { loadRows, loadSound, packFile } from '../../../../cli/mappings/load.ts';
import { rowsOf } from '../../../../cli/mappings/put.ts';
import { rowSchema } from '../../../../shared/domain/mapping-schema.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { openFolder } from '../../../helpers/folder.ts';

const folder = openFolder();

const catalogue = openCatalogue();
const ROLE = 'arn:aws:iam::111122223333:role/containment';
const CONTAINMENT = {
  ContainmentRoleArn: ROLE,
  InvestigatorRoleArn: ROLE,
  BackupBucket: 'a-bucket',
  IsolateEC2InstanceRoleArn: ROLE,
  ReleaseEC2InstanceRoleArn: ROLE,
};
const load = (values: object, only?: readonly string[]) =>
  loadRows([packFile('containment')], {
    catalogue,
    given: new Map(Object.entries(values) as [string, string][]),
    only,
  });

describe('loadRows', () => {
  it('gives rows as the table takes them: texts, no annotations, parameters filled in', async () => {
    const rows = await load(CONTAINMENT);
    for (const row of rows) expect(rowSchema.safeParse(row).error).toBeUndefined();
    expect(JSON.stringify(rows)).not.toContain('${');
    expect(rows[0]).toMatchObject({
      checkName: 'UnauthorizedAccess',
      automationParameters: `{"InstanceId":["$resourceId"],"AutomationAssumeRole":["${ROLE}"]}`,
    });
  });

  it('says all that is missing at once', async () => {
    await expect(load({ BackupBucket: 'a-bucket' })).rejects.toMatchObject({
      code: 'WRONG_PARAM',
      exitCode: 2,
      message: expect.stringMatching(
        /ContainmentRoleArn, InvestigatorRoleArn, .* are missing; such as --param ContainmentRoleArn=arn/,
      ),
    });
  });

  it('takes only some rows, and asks only for what those need', async () => {
    const { ContainmentRoleArn, InvestigatorRoleArn, BackupBucket } = CONTAINMENT;
    const only = ['Trojan:EC2/DropPoint'];
    const rows = await load({ ContainmentRoleArn, InvestigatorRoleArn, BackupBucket }, only);
    expect(rows.map(({ checkName }) => checkName)).toEqual(only);
    await expect(load(CONTAINMENT, ['Trojan:EC2/DropPoin'])).rejects.toMatchObject({
      code: 'NO_MAPPING',
      message: expect.stringContaining('(did you mean Trojan:EC2/DropPoint?)'),
    });
    expect(await load({ ...CONTAINMENT, AlarmName: 'Mine' }, ['Mine'])).toHaveLength(1);
  });

  it('holds the rows to what the parameters make of them', async () => {
    await expect(load({ ...CONTAINMENT, AlarmName: 'Trojan:EC2/DropPoint' })).rejects.toMatchObject({
      code: 'WRONG_PARAM',
      message: expect.stringContaining('there is another row for "Trojan:EC2/DropPoint"'),
    });
  });
});

describe('loadSound', () => {
  it.each([
    [[aMappingRow({ maxAttempts: 0 })], /whole number from 1 to 25\. Nothing was changed$/],
    [
      [aMappingRow({ maxAttempts: 0, mode: 1 })],
      /Nothing was changed; 1 more: remediator mappings validate /,
    ],
  ])('says what is wrong, and how to see the rest', async (rows, message) => {
    await expect(loadSound(folder.write('unsound.json', rows), catalogue)).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
      exitCode: 1,
      message: expect.stringMatching(message),
    });
  });

  it('takes what mappings list --json prints', async () => {
    const file = folder.write('listed.json', { mappings: [aMappingRow()] });
    expect((await loadSound(file, catalogue)).rows).toHaveLength(1);
  });
});

describe('packFile', () => {
  it('finds packs by name, and suggests one', () => {
    expect(packFile('cloudtrail')).toMatch(/mappings.cloudtrail\.json$/);
    expect(packFile('./mine.json')).toBe('./mine.json');
    expect(() => packFile('cloudtrial')).toThrow('(did you mean cloudtrail?)');
  });
});

describe('several files', () => {
  const row = (checkName: string, role: string) => ({
    ...aMappingRow({
      checkName,
      automationParameters: { GroupId: ['$resourceId'], IpAddressToBlock: [`\${param:${role}}`] },
    }),
    why: 'because',
    undo: 'the other way',
  });
  const pack = (name: string) =>
    folder.write(`${name}.json`, {
      name,
      description: 'for tests',
      parameters: { [name]: { description: 'd', example: '1.2.3.4/32' } },
      rows: [row(`${name} 1`, name), row(`${name} 2`, name)],
    });
  const files = [pack('one'), pack('two')];
  const param = new Map([
    ['one', '10.0.0.0/8'],
    ['two', '192.168.0.0/16'],
  ]);

  it('each takes the parameters that it declares', async () => {
    const rows = await rowsOf(files, { param });
    expect(rows.map(({ checkName }) => checkName)).toEqual(['one 1', 'one 2', 'two 1', 'two 2']);
    expect(rows[3]?.automationParameters).toContain('192.168.0.0/16');
  });

  it('one that none of them declares is told', async () => {
    await expect(rowsOf(files, { param: new Map([...param, ['twoo', 'x']]) })).rejects.toMatchObject({
      code: 'WRONG_PARAM',
      message: 'there is no parameter twoo (did you mean two?)',
    });
  });

  it('--only names rows of any of them', async () => {
    const rows = await rowsOf(files, { param: new Map([['two', '10.0.0.0/8']]), only: ['two 2'] });
    expect(rows.map(({ checkName }) => checkName)).toEqual(['two 2']);
    await expect(rowsOf(files, { param, only: ['two 2', 'three 1'] })).rejects.toMatchObject({
      code: 'NO_MAPPING',
      message: expect.stringMatching(/have no row for "three 1"/),
    });
  });
});

describe('rowsOf', () => {
  const file = (name: string, rows: readonly object[]) => folder.write(name, rows);

  it('puts rows into a mode, or leaves them in a safer one', async () => {
    const modes = file('modes.json', [
      aMappingRow({ checkName: 'bold' }),
      aMappingRow({ checkName: 'asks', executionMode: 'approval' }),
      aMappingRow({ checkName: 'tells', executionMode: 'notify' }),
    ]);
    const rows = await rowsOf([modes], { mode: 'dryRun' });
    expect(rows.map(({ executionMode }) => executionMode)).toEqual(['dryRun', 'dryRun', 'notify']);
  });

  it('refuses two files with a row for the same check', async () => {
    const one = file('one.json', [aMappingRow()]);
    await expect(rowsOf([one, one], {})).rejects.toMatchObject({ code: 'CHECK_TWICE' });
  });
});
