import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeTable } from '../../../cli/mappings/change-table.ts';
import { changesTo } from '../../../cli/mappings/changes.ts';
import { printRow } from '../../../cli/mappings/get.ts';
import { printRows } from '../../../cli/mappings/list.ts';
import { createMappingTable, type MappingTable } from '../../../cli/mappings/mapping-table.ts';
import { removeRows } from '../../../cli/mappings/remove.ts';
import { plainRow } from '../../../shared/domain/mapping-rows.ts';
import { dynoxideMissing, startTables, type TestTables } from '../../helpers/dynoxide.ts';
import { aMappingRow } from '../../helpers/findings.ts';
import { recordingUi } from '../../helpers/ui.ts';

describe.skipIf(dynoxideMissing)('AutomationMappingTable, as people change it', () => {
  let tables: TestTables;
  let table: MappingTable;
  beforeAll(async () => {
    tables = await startTables();
  });
  afterAll(() => tables[Symbol.asyncDispose]());
  beforeEach(async () => {
    table = createMappingTable(tables.client, tables.automationMappingTable);
    const all = await table.list();
    if (all.length > 0)
      await table.apply(
        all.map((before) => ({ checkName: String(before.row.checkName), before, after: undefined })),
      );
  });

  const put = (row: Readonly<Record<string, unknown>>) =>
    tables.client.send(new PutItemCommand({ TableName: tables.automationMappingTable, Item: marshall(row) }));
  const content = async () => {
    const { Items = [] } = await tables.client.send(
      new ScanCommand({ TableName: tables.automationMappingTable }),
    );
    const rows = Items.map((item) => plainRow(unmarshall(item)) as Record<string, unknown>);
    return new Map(rows.map((row) => [row.checkName, row]));
  };
  const rows = (count: number, changes: object = {}) =>
    Array.from({ length: count }, (_, index) => aMappingRow({ checkName: `check ${index}`, ...changes }));
  const change = async (wanted: readonly object[], { yes = true, answer = true } = {}) => {
    const ui = recordingUi(answer);
    const found = await table.find(wanted.map((row) => String((row as { checkName: string }).checkName)));
    const changes = changesTo(found, wanted as Record<string, unknown>[]);
    const code = await changeTable({ table, ui }, changes, yes ? { yes: true } : {});
    return { ...ui, code };
  };

  it('adds, changes, and leaves what is the same', async () => {
    await put(aMappingRow({ checkName: 'check 0' }));
    await put(
      aMappingRow({ checkName: 'check 1', executionMode: 'notify', requiredTags: new Set(['a', 'b']) }),
    );
    // The same template, written otherwise.
    const same = aMappingRow({ checkName: 'check 0' });
    same.automationParameters = JSON.stringify(JSON.parse(String(same.automationParameters)), null, 1);
    const { printed } = await change([
      same,
      aMappingRow({ checkName: 'check 1' }),
      aMappingRow({ checkName: 'check 2' }),
    ]);
    expect(printed.join('\n')).toContain('3 rows: 1 to add, 1 to change, 0 to remove, 1 the same');
    expect(printed.join('\n')).toContain('- executionMode: "notify"');
    expect((await content()).get('check 1')).toEqual(aMappingRow({ checkName: 'check 1' }));
    expect([...(await content()).keys()].sort()).toEqual(['check 0', 'check 1', 'check 2']);
  });

  it('asks first, and does nothing after a no', async () => {
    await expect(change(rows(2), { yes: false, answer: false })).rejects.toMatchObject({
      code: 'DECLINED',
      exitCode: 1,
    });
    expect((await content()).size).toBe(0);
    const { asked } = await change(rows(2), { yes: false });
    expect(asked).toEqual(['Change these 2 rows?']);
    expect((await content()).size).toBe(2);
  });

  it('asks nothing where nothing changes', async () => {
    await change(rows(2));
    const { asked, printed } = await change(rows(2), { yes: false, answer: false });
    expect(asked).toEqual([]);
    expect(printed.at(-1)).toBe('Nothing to change.');
  });

  it('writes none of them where somebody else changed one after it was shown', async () => {
    await put(aMappingRow({ checkName: 'check 1' }));
    const wanted = rows(3, { maxAttempts: 5 });
    const changes = changesTo(await table.find(wanted.map(({ checkName }) => String(checkName))), wanted);
    await put(aMappingRow({ checkName: 'check 1', executionMode: 'off' }));
    await expect(table.apply(changes)).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
      exitCode: 1,
      message: expect.stringContaining('"check 1"'),
    });
    expect([...(await content()).values()]).toEqual([
      aMappingRow({ checkName: 'check 1', executionMode: 'off' }),
    ]);
  });

  it.each([
    ['an attribute that the new row has was added', { maxAttempts: 1 }],
    ['an attribute changed', { regexPattern: 'x' }],
  ])('sees it where %s', async (_, meanwhile) => {
    await put(aMappingRow());
    const wanted = [aMappingRow({ maxAttempts: 5 })];
    const changes = changesTo(await table.find([String(wanted[0]?.checkName)]), wanted);
    await put(aMappingRow(meanwhile));
    await expect(table.apply(changes)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it('sees it where a new row has come meanwhile, and where a row to remove has changed', async () => {
    const changes = changesTo(new Map(), [aMappingRow()]);
    await put(aMappingRow({ maxAttempts: 1 }));
    await expect(table.apply(changes)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const checkName = String(aMappingRow().checkName);
    const before = (await table.find([checkName])).get(checkName);
    await put(aMappingRow({ maxAttempts: 2 }));
    await expect(table.apply([{ checkName, before, after: undefined }])).rejects.toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect((await content()).get(checkName)).toMatchObject({ maxAttempts: 2 });
  });

  it('writes a hundred rows at once, and refuses more before it asks: all of them, or none', async () => {
    const many = rows(101);
    const refused = { code: 'TOO_MANY_ROWS', message: expect.stringContaining('101 rows') };
    await expect(change(many)).rejects.toMatchObject(refused);
    await expect(change(many, { yes: false, answer: false })).rejects.toMatchObject(refused);
    await expect(table.apply(changesTo(new Map(), many))).rejects.toMatchObject(refused);
    expect((await content()).size).toBe(0);
    await change(many.slice(0, 100));
    // Only what changes counts.
    expect((await change(many)).printed.join('\n')).toContain(
      '1 to add, 0 to change, 0 to remove, 100 the same',
    );
    expect(await table.list()).toHaveLength(101);
    await removeRows({ table, ui: recordingUi() }, ['check 100'], { yes: true });
  });

  it('refuses more bytes than one transaction takes', async () => {
    const data = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`k${index}`, 'x'.repeat(4000)]),
    );
    await expect(change(rows(70, { opsItem: { data } }))).rejects.toMatchObject({
      code: 'TOO_MANY_ROWS',
      message: expect.stringContaining('3.4 MB'),
    });
    expect((await content()).size).toBe(0);
  });

  it('lists the rows with the mode that holds, prints one, and suggests another', async () => {
    await put({ checkName: '*', executionMode: 'approval' });
    await put(aMappingRow({ checkName: 'a check' }));
    await put(aMappingRow({ checkName: 'b check', executionMode: 'dryRun' }));
    await put(aMappingRow({ checkName: 'c check', maxAttempts: 0 }));
    const ui = recordingUi();
    await printRows({ table, ui }, {});
    expect(ui.printed.flatMap((text) => text.replace(/ +/g, ' ').split('\n'))).toEqual([
      'mode check runbook',
      'approval *',
      'approval a check AWS-DisablePublicAccessForSecurityGroup',
      'dryRun b check AWS-DisablePublicAccessForSecurityGroup',
      'broken c check AWS-DisablePublicAccessForSecurityGroup',
    ]);
    const all = recordingUi();
    await printRows({ table, ui: all }, { json: true });
    const printed = JSON.parse(all.printed.join(''));
    expect(printed.modes).toEqual({
      '*': 'approval',
      'a check': 'approval',
      'b check': 'dryRun',
      'c check': 'broken',
    });
    expect(printed.mappings).toContainEqual(aMappingRow({ checkName: 'a check' }));
    const one = recordingUi();
    await printRow({ table, ui: one }, 'a check', { json: true });
    expect(JSON.parse(one.printed.join(''))).toEqual(aMappingRow({ checkName: 'a check' }));
    await expect(printRow({ table, ui: one }, 'A chek', {})).rejects.toMatchObject({
      code: 'NO_MAPPING',
      exitCode: 1,
      message: expect.stringContaining('(did you mean a check?)'),
    });
  });

  it('removes rows, all or none', async () => {
    await change(rows(2));
    const ui = recordingUi();
    await expect(removeRows({ table, ui }, ['check 0', 'nothing'], { yes: true })).rejects.toMatchObject({
      code: 'NO_MAPPING',
    });
    expect((await content()).size).toBe(2);
    await removeRows({ table, ui }, ['check 0', 'check 0'], { yes: true });
    expect([...(await content()).keys()]).toEqual(['check 1']);
    expect(ui.printed[0]).toContain('1 row: 0 to add, 0 to change, 1 to remove, 0 the same');
  });
});
