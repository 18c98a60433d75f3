import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { EXECUTION_MODES, type ExecutionMode, saferOf } from '../../../../shared/domain/execution-mode.ts';
import { mappingFrom, mappingKeysOf } from '../../../../shared/domain/mapping.ts';
import { errorOf } from '../../../helpers/fakes.ts';

const ROW = {
  checkName: 'check',
  ssmAutomationDocument: 'AWS-X',
  automationParameters: '{"A": ["$resourceId"]}',
  regexPattern: '(sg-\\w+)',
  automationStatus: true,
};
const merged = (row: object, defaults: object) =>
  mappingFrom({ ...ROW, ...row }, { checkName: '*', ...defaults });

describe('mappingFrom', () => {
  it("takes the use case's five attributes, with safe defaults for the rest", () => {
    const { automationStatus: _, ...same } = ROW;
    expect(mappingFrom(ROW)).toEqual({
      ...same,
      executionMode: 'automatic',
      paused: false,
      requiredTags: [],
      exemptTags: [],
      scopes: [],
      maxAttempts: 3,
      retryAfterSeconds: 300,
      coolDownSeconds: 0,
      changeCalendars: [],
      windows: [],
      approveWithinHours: 72,
      resolveOn: 'execution',
      verifyWithinHours: 24,
      onStillRed: 'retry',
      loop: { times: 3, withinHours: 24 },
      opsItem: { data: {} },
    });
  });

  it('an unknown attribute is refused by name, in the row and in the row *: a typo never means "no limit"', () => {
    const error = errorOf(() => mappingFrom({ ...ROW, requiredTag: ['a'] }));
    expect(error).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
    expect(error.message).toContain('"requiredTag"');
    expect(errorOf(() => mappingFrom(ROW, { checkName: '*', automationstatus: false }))).toMatchObject({
      code: 'MAPPING_ATTRIBUTE_UNKNOWN',
      message: expect.stringContaining('"*"'),
    });
  });

  it('tells all faults of a row at once', () => {
    const { message } = errorOf(() => mappingFrom({ checkName: 'c', automationStatus: 'x', extra: 1 }));
    for (const fault of [
      'ssmAutomationDocument',
      'automationParameters',
      'regexPattern',
      'automationStatus',
      '"extra"',
    ])
      expect(message).toContain(fault);
  });

  it.each([null, undefined, 'text', 5, []])('%j as a row is refused with a coded error', (row) => {
    expect(errorOf(() => mappingFrom(row))).toBeInstanceOf(RemediatorError);
  });

  it.each([null, 'text', 5, [], {}, ROW])('%j as the row * is refused: it is never "no defaults"', (row) => {
    expect(errorOf(() => mappingFrom(ROW, row))).toBeInstanceOf(RemediatorError);
  });
});

describe('executionMode', () => {
  it.each([
    ['the mapping is switched on', {}, {}, 'automatic'],
    ['automationStatus false never acts', { automationStatus: false }, {}, 'notify'],
    ['nor with a bold mode', { automationStatus: false, executionMode: 'automatic' }, {}, 'notify'],
    ['nor by asking', { automationStatus: false, executionMode: 'approval' }, {}, 'notify'],
    ['but off stays off', { automationStatus: false, executionMode: 'off' }, {}, 'off'],
    ['the row wins, bolder', { executionMode: 'automatic' }, { executionMode: 'approval' }, 'automatic'],
    ['the row wins, safer', { executionMode: 'dryRun' }, { executionMode: 'automatic' }, 'dryRun'],
    ['the default counts', {}, { executionMode: 'approval' }, 'approval'],
    ['* false never acts', { executionMode: 'automatic' }, { automationStatus: false }, 'notify'],
    ['* true loosens nothing', { automationStatus: false }, { automationStatus: true }, 'notify'],
    [
      '* automatic loosens nothing',
      { automationStatus: false },
      { automationStatus: true, executionMode: 'automatic' },
      'notify',
    ],
    ['* off wins over every row', { executionMode: 'automatic' }, { executionMode: 'off' }, 'off'],
  ])('%s', (_, row, defaults, mode) => {
    expect(merged(row, defaults).executionMode).toBe(mode);
  });

  it('the row * being off is the pause; a row that is off, or * being anything else, is none', () => {
    expect(merged({}, { executionMode: 'off' }).paused).toBe(true);
    expect(merged({ executionMode: 'off' }, {}).paused).toBe(false);
    for (const executionMode of EXECUTION_MODES.filter((mode) => mode !== 'off'))
      expect(merged({}, { executionMode, automationStatus: false }).paused).toBe(false);
  });

  it('of two modes the safer one is the one further on in the list', () => {
    const order: readonly ExecutionMode[] = ['automatic', 'approval', 'dryRun', 'notify', 'off'];
    expect(EXECUTION_MODES).toEqual(order);
    for (const [i, a] of order.entries())
      for (const [j, b] of order.entries()) expect(saferOf(a, b)).toBe(order[Math.max(i, j)]);
  });
});

describe('row and row *', () => {
  it.each([
    ['maxAttempts', 5, 2],
    ['retryAfterSeconds', 5, 2],
    ['coolDownSeconds', 0, 60],
    ['maxConcurrent', 100, 1],
    ['maxPerHour', 100, 1],
    ['maxErrors', '10%', '1'],
    ['stopAfter', { findings: 9, withinMinutes: 9 }, { findings: 1, withinMinutes: 1 }],
    ['failureBreaker', { failures: 9, withinMinutes: 9 }, { failures: 1, withinMinutes: 1 }],
    ['windows', [{ hours: '* * * * *', timeZone: 'UTC' }], [{ hours: '0 0 1 1 *', timeZone: 'UTC' }]],
    ['approveWithinHours', 1, 2],
    ['resolveOn', 'execution', 'verification'],
    ['verifyWithinHours', 1, 2],
    ['onStillRed', 'retry', 'escalate'],
    ['loop', { times: 1, withinHours: 1 }, { times: 2, withinHours: 2 }],
  ] as const)("%s: the row's own value wins, the default holds where it has none", (name, own, other) => {
    expect(merged({ [name]: own }, { [name]: other })[name]).toEqual(own);
    expect(merged({}, { [name]: other })[name]).toEqual(other);
    expect(merged({ [name]: own }, {})[name]).toEqual(own);
  });

  it.each(['requiredTags', 'exemptTags', 'changeCalendars'] as const)('%s add up, each once', (name) => {
    expect(merged({ [name]: ['b=c', 'd'] }, { [name]: ['a', 'b=c'] })[name]).toEqual(['a', 'b=c', 'd']);
    expect(merged({ [name]: [] }, { [name]: ['a'] })[name]).toEqual(['a']);
  });

  it('scopes add up: a finding must be in both', () => {
    const mine = { regions: { include: ['eu-west-1'] } };
    const theirs = { accounts: { exclude: ['012345678901'] }, resourcePattern: { include: 'sg-' } };
    expect(merged(mine, theirs).scopes).toEqual([theirs, mine]);
    expect(merged(mine, {}).scopes).toEqual([mine]);
    expect(merged({}, {}).scopes).toEqual([]);
  });

  it('opsItem: each of its keys by itself, and data key by key', () => {
    const mine = { severity: '1', data: { team: 'a', mine: '1' } } as const;
    const theirs = { severity: '4', priority: 5, per: 'check', data: { team: 'b', theirs: '2' } } as const;
    expect(merged({ opsItem: mine }, { opsItem: theirs }).opsItem).toEqual({
      severity: '1',
      priority: 5,
      per: 'check',
      data: { team: 'a', mine: '1', theirs: '2' },
    });
  });

  it('rollbackDocument is of the row alone', () => {
    const rollback = { rollbackDocument: 'AWS-Undo', rollbackParameters: '{}' };
    expect(merged(rollback, {})).toMatchObject(rollback);
    expect(errorOf(() => merged({}, rollback))).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN' });
  });
});

describe('mappingKeysOf', () => {
  it('looks under the name and under the name with a trailing space', () => {
    expect(mappingKeysOf('Load Balancer Optimization')).toEqual([
      'Load Balancer Optimization',
      'Load Balancer Optimization ',
    ]);
  });
});
