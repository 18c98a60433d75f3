import { describe, expect, it } from 'vitest';
import { GATES } from '../../../../shared/domain/gates.ts';
import { mappingFrom } from '../../../../shared/domain/mapping.ts';
import { defaultsSchema, rowSchema } from '../../../../shared/domain/mapping-schema.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aMappingRow, circumstances } from '../../../helpers/findings.ts';
import { type Case, OF_A_ROW, SETTINGS } from './mapping-cases.ts';

const taken = (cases: Readonly<Record<string, Case>>) =>
  Object.entries(cases).flatMap(([name, each]) => each.taken.map((row) => [name, row] as const));
const refused = (cases: Readonly<Record<string, Case>>) =>
  Object.entries(cases).flatMap(([name, each]) => each.refused.map((pair) => [name, ...pair] as const));

describe("a check's row", () => {
  it.each([...taken(SETTINGS), ...taken(OF_A_ROW)])('%s: %j is taken', (_, row) => {
    expect(() => mappingFrom(aMappingRow({ ...row }))).not.toThrow();
  });

  it.each([...refused(SETTINGS), ...refused(OF_A_ROW)])('%s: %j is refused: %s', (_, row, sentence) => {
    const error = errorOf(() => mappingFrom(aMappingRow({ ...row })));
    expect(error.message).toContain(sentence);
    expect(error.code).toBe(sentence.startsWith('unknown') ? 'MAPPING_ATTRIBUTE_UNKNOWN' : 'MAPPING_INVALID');
  });
});

describe('the row *', () => {
  const merge = (row: object) => mappingFrom(aMappingRow(), { checkName: '*', ...row });

  it.each([...taken(SETTINGS), ['automationStatus', { automationStatus: false }] as const])(
    '%s: %j is taken',
    (_, row) => {
      expect(() => merge(row)).not.toThrow();
    },
  );

  it.each(refused(SETTINGS))('%s: %j is refused: %s', (_, row, sentence) => {
    const { message } = errorOf(() => merge(row));
    expect(message).toContain(sentence);
    expect(message).toContain('"*"');
  });

  it.each(['ssmAutomationDocument', 'automationParameters', 'regexPattern', 'rollbackDocument'])(
    'may not say %s, which is of one check',
    (name) => {
      expect(errorOf(() => merge({ [name]: 'x' }))).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
    },
  );
});

describe('who paused everything', () => {
  const note = {
    by: 'alice',
    at: '2024-05-13T04:00:00.000Z',
    reason: 'a release',
    executionMode: 'approval',
  };
  const mapping = (row: object) =>
    mappingFrom(aMappingRow(), { checkName: '*', executionMode: 'off', ...row });

  it('is in the row *, and holds as long as that is off', () => {
    expect(mapping({ pause: note }).pause).toEqual(note);
    expect(mapping({ pause: note, executionMode: 'approval' }).pause).toBeUndefined();
  });

  it('is in the reason of what waits', () => {
    const pause = GATES.find(({ name }) => name === 'pause');
    const sentence = (row: object) => pause?.judge(circumstances(), mapping(row))?.reason.sentence;
    expect(sentence({ pause: note })).toContain(
      'paused by alice since 2024-05-13T04:00:00.000Z (a release):',
    );
    expect(sentence({ pause: { by: 'alice', at: note.at } })).toContain(`since ${note.at}:`);
    expect(sentence({})).toContain('is paused: the row *');
  });

  it('is nothing that a row of a check may say, and has no other attributes', () => {
    expect(() => mappingFrom(aMappingRow({ pause: note }))).toThrow('unknown attribute "pause"');
    expect(() => mapping({ pause: { ...note, until: 'x' } })).toThrow('unknown attribute "pause.until"');
    expect(() => mapping({ pause: { at: note.at } })).toThrow('pause.by');
  });
});

describe('the tables above', () => {
  it('leave no attribute out', () => {
    const tried = new Set(
      [...taken(SETTINGS), ...taken(OF_A_ROW), ...refused(SETTINGS), ...refused(OF_A_ROW)].flatMap(
        ([, row]) => Object.keys(row),
      ),
    );
    const known = Object.keys(rowSchema.shape);
    expect([...tried].filter((name) => known.includes(name)).sort()).toEqual([...known].sort());
    const shared = Object.keys(defaultsSchema.shape).filter((name) => name !== 'pause');
    expect(known).toEqual(expect.arrayContaining(shared));
  });
});
