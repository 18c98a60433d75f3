import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { validateFiles } from '../../../../cli/mappings/validate.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { recordingUi } from '../../../helpers/ui.ts';
import { catalogue, openValidation, row } from './validation.ts';

const { validate, folder } = openValidation();

const pack = (changes: object, rows: readonly object[] = [{ ...row({}), why: 'w', undo: 'u' }]) => ({
  name: 'a-pack',
  description: 'for tests',
  rows,
  ...changes,
});

const named = (name: string) => `\${param:${name}}`;
const NAMES_A = [{ ...row({ checkName: named('A') }), why: 'w', undo: 'u' }];

describe('a file that is sound', () => {
  it.each([
    ['a row', row({})],
    ['its templates as texts', aMappingRow()],
    ['a list of rows', [row({}), row({ checkName: 'other' })]],
    ['a pack', pack({})],
    ['the row *', { checkName: '*', executionMode: 'approval', exemptTags: ['a=b'] }],
    [
      'a row as the AWS CLI puts it',
      {
        checkName: { S: 'x' },
        ssmAutomationDocument: { S: 'AWS-StopEC2Instance' },
        automationParameters: { S: '{"InstanceId": ["$resourceId"]}' },
        regexPattern: { S: 'i-.*' },
        automationStatus: { BOOL: true },
        requiredTags: { SS: ['a=b'] },
      },
    ],
    ['what a scan prints', { Items: [{ checkName: { S: '*' }, executionMode: { S: 'off' } }], Count: 1 }],
    ['what get-item prints', { Item: { checkName: { S: '*' }, executionMode: { S: 'off' } } }],
    ['a byte order mark', `\ufeff${JSON.stringify(row({}))}`],
  ])('%s', async (_, content) => {
    const { exitCode, faults, counts } = await validate(content);
    expect(faults).toEqual([]);
    expect(exitCode).toBe(0);
    expect(counts.rows).toBeGreaterThan(0);
  });
});

describe('what is wrong with a file', () => {
  it.each([
    ['{"a": tru}', 'NotJson', 'it is no JSON'],
    ['5', 'NoMapping', 'it holds no mapping'],
    ['{}', 'NoMapping', 'it holds no mapping'],
    ['[1]', 'NoMapping', 'a row has to be an object'],
    [JSON.stringify(row({})).replace('{', '{"checkName":"first",'), 'KeyTwice', '"checkName" stands twice'],
    [[row({}), row({})], 'CheckTwice', 'there is another row for "Security groups'],
    [
      pack({ parameters: { A: { description: 'd', example: 'x', pattern: '(' } } }),
      'WrongValue',
      'parameters.A.pattern: "(" is not RE2',
    ],
    [
      pack({ parameters: { A: { description: 'd', example: 'x', pattern: 'y' } } }, NAMES_A),
      'WrongExample',
      'the example of A, "x", does not match y',
    ],
    [
      pack({ parameters: { A: { description: 'd', example: 'y', default: 'x', pattern: 'y' } } }, NAMES_A),
      'WrongExample',
      'the default of A, "x", does not match y',
    ],
    [
      row({ checkName: named('Name') }),
      'UndeclaredPackParameter',
      "is not declared in the pack's parameters",
    ],
    [pack({ rows: [] }), 'WrongValue', 'rows: must have a row'],
    [pack({ name: 'A Pack' }), 'WrongValue', 'name: must be words in small letters'],
    [pack({ title: 'x' }), 'UnknownAttribute', '"title" is no attribute of a pack'],
    [pack({}, [row({ undo: 'u' })]), 'MissingAttribute', 'why is missing'],
    [pack({ parameters: { Role: { description: 'd' } } }), 'WrongValue', 'parameters.Role.example'],
    [
      pack({ parameters: { Rolle: { description: 'd', example: 'e' } } }, [
        { ...row({ checkName: named('Role') }), why: 'w', undo: 'u' },
      ]),
      'UndeclaredPackParameter',
      '(did you mean Rolle?)',
    ],
  ])('%j: %s, %s', async (content, code, message) => {
    const { exitCode, faults } = await validate(content);
    expect(faults[0]).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(exitCode).toBe(1);
  });

  it('one parameter that is wrong leaves the others known', async () => {
    const good = { description: 'd', example: 'e' };
    const { faults } = await validate(
      pack({ parameters: { A: good, 'B C': good, D: { ...good, x: 1 } } }, NAMES_A),
    );
    expect(faults.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringContaining('parameters.B C'),
      expect.stringContaining('"x" is no attribute of a parameter'),
    ]);
  });

  it('a parameter that no row names is a warning, and so is a JSON Schema among packs', async () => {
    const unused = await validate(pack({ parameters: { Role: { description: 'd', example: 'e' } } }));
    expect(unused).toMatchObject({
      exitCode: 0,
      faults: [{ code: 'UnusedPackParameter', severity: 'warning' }],
    });
    const schema = await validate({ $schema: 'http://json-schema.org/draft-07/schema#', definitions: {} });
    expect(schema).toMatchObject({ exitCode: 0, faults: [{ code: 'JsonSchema', severity: 'warning' }] });
  });

  it('files that cannot be read do not hide the others', async () => {
    mkdirSync(join(folder.path, 'a-directory'), { recursive: true });
    const files = [
      join(folder.path, 'nothing.json'),
      join(folder.path, 'a-directory'),
      folder.write('empty.json', ' '),
      folder.write('bytes.json', Buffer.from([0xff, 0xfe])),
      folder.write('good.json', row({})),
    ];
    const ui = recordingUi();
    const exitCode = await validateFiles({ ui, catalogue }, files, {});
    expect(exitCode).toBe(2);
    expect(ui.remarked.map((text) => text.replace(folder.path, ''))).toEqual([
      expect.stringContaining('nothing.json: there is no such file'),
      expect.stringContaining('a-directory is a directory'),
      expect.stringContaining('empty.json is empty'),
      expect.stringContaining('bytes.json is not text in UTF-8'),
    ]);
    expect(ui.printed).toEqual(['5 files: 1 row, 0 errors, 0 warnings, 4 not readable']);
  });
});
