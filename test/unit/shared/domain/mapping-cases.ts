/** What an attribute may be, and what is said where it is something else. */
export interface Case {
  readonly taken: readonly object[];
  readonly refused: readonly (readonly [object, string])[];
}

/** From least to most, and what is said beyond them. */
function whole(
  path: string,
  [least, most]: readonly [number, number],
  around: (value: unknown) => object,
): Case {
  const fault = `${path}: must be a whole number from ${least} to ${most}`;
  return {
    taken: [least, most].map(around),
    refused: [least - 1, most + 1, least + 0.5, String(least), null].map(
      (value) => [around(value), fault] as const,
    ),
  };
}

const of =
  (name: string, rest: object = {}, ...nested: readonly string[]) =>
  (value: unknown) => ({
    [name]: nested.length === 0 ? value : { ...rest, [nested[0] ?? '']: value },
  });

/** Every attribute that both a row and the row * may have. */
export const SETTINGS: Readonly<Record<string, Case>> = {
  executionMode: {
    taken: ['automatic', 'approval', 'dryRun', 'notify', 'off'].map(of('executionMode')),
    refused: ['Automatic', '', 'on', true].map((value) => [
      { executionMode: value },
      'executionMode: must be one of automatic, approval, dryRun, notify, off',
    ]),
  },
  ...Object.fromEntries(
    ['requiredTags', 'exemptTags'].map((name) => [
      name,
      {
        taken: [
          [],
          ['key'],
          ['key='],
          ['key=value'],
          ['a=b=c'],
          ['k'.repeat(128)],
          [`k=${'v'.repeat(256)}`],
        ].map(of(name)),
        refused: [['=x'], [''], ['k'.repeat(129)], [`k=${'v'.repeat(257)}`]].map((value) => [
          { [name]: value },
          `${name}.0: must be "key" or "key=value"`,
        ]),
      } satisfies Case,
    ]),
  ),
  accounts: {
    taken: [{}, { include: ['012345678901'] }, { exclude: [] }].map(of('accounts')),
    refused: [
      [{ accounts: { include: ['12345678901'] } }, 'accounts.include.0: must be 12 digits'],
      [{ accounts: { exclude: ['0123456789012'] } }, 'accounts.exclude.0: must be 12 digits'],
      [{ accounts: ['012345678901'] }, 'accounts: '],
      [{ accounts: { only: [] } }, 'unknown attribute "accounts.only"'],
    ],
  },
  regions: {
    taken: [{ include: ['eu-west-1', 'us-gov-west-1'] }, { exclude: ['cn-north-1'] }].map(of('regions')),
    refused: [
      [{ regions: { include: ['eu-west'] } }, 'regions.include.0: is no region'],
      [{ regions: { exclude: ['eu-west-1a'] } }, 'regions.exclude.0: is no region'],
      [{ regions: { except: [] } }, 'unknown attribute "regions.except"'],
    ],
  },
  resourcePattern: {
    taken: [{ include: '^arn:' }, { exclude: 'prod|live' }].map(of('resourcePattern')),
    refused: [
      [{ resourcePattern: { include: '(' } }, 'resourcePattern.include: "(" is not RE2'],
      [{ resourcePattern: { exclude: '(?!x)' } }, 'resourcePattern.exclude: "(?!x)" is not RE2'],
      [{ resourcePattern: { exclude: '' } }, 'resourcePattern.exclude: must not be empty'],
      [{ resourcePattern: 'sg-' }, 'resourcePattern: '],
      [{ resourcePattern: { matches: 'x' } }, 'unknown attribute "resourcePattern.matches"'],
    ],
  },
  maxAttempts: whole('maxAttempts', [1, 25], of('maxAttempts')),
  retryAfterSeconds: whole('retryAfterSeconds', [1, 86_400], of('retryAfterSeconds')),
  coolDownSeconds: whole('coolDownSeconds', [0, 2_592_000], of('coolDownSeconds')),
  maxConcurrent: whole('maxConcurrent', [1, 500], of('maxConcurrent')),
  maxPerHour: whole('maxPerHour', [1, 1000], of('maxPerHour')),
  maxErrors: {
    taken: ['0', '999', '0%', '99%', '100%'].map(of('maxErrors')),
    refused: ['101%', '1000', '-1', '1.5', '', 3].map((value) => [
      { maxErrors: value },
      typeof value === 'string' ? 'maxErrors: must be a number or a percentage' : 'maxErrors: ',
    ]),
  },
  'stopAfter.findings': whole(
    'stopAfter.findings',
    [1, 1000],
    of('stopAfter', { withinMinutes: 1 }, 'findings'),
  ),
  'stopAfter.withinMinutes': whole(
    'stopAfter.withinMinutes',
    [1, 1440],
    of('stopAfter', { findings: 1 }, 'withinMinutes'),
  ),
  stopAfter: {
    taken: [],
    refused: [
      [{ stopAfter: { findings: 1 } }, 'stopAfter.withinMinutes: '],
      [{ stopAfter: { withinMinutes: 1 } }, 'stopAfter.findings: '],
      [{ stopAfter: 5 }, 'stopAfter: '],
      [{ stopAfter: { findings: 1, withinMinutes: 1, within: 1 } }, 'unknown attribute "stopAfter.within"'],
    ],
  },
  'failureBreaker.failures': whole(
    'failureBreaker.failures',
    [1, 100],
    of('failureBreaker', { withinMinutes: 1 }, 'failures'),
  ),
  'failureBreaker.withinMinutes': whole(
    'failureBreaker.withinMinutes',
    [1, 1440],
    of('failureBreaker', { failures: 1 }, 'withinMinutes'),
  ),
  'failureBreaker.trialAfterMinutes': whole(
    'failureBreaker.trialAfterMinutes',
    [1, 10_080],
    of('failureBreaker', { failures: 1, withinMinutes: 1 }, 'trialAfterMinutes'),
  ),
  failureBreaker: {
    taken: [],
    refused: [
      [{ failureBreaker: { failures: 1 } }, 'failureBreaker.withinMinutes: '],
      [
        { failureBreaker: { failures: 1, withinMinutes: 1, trialAfter: 1 } },
        'unknown attribute "failureBreaker.trialAfter"',
      ],
    ],
  },
  changeCalendars: {
    taken: [[], ['holidays'], Array(10).fill('c')].map(of('changeCalendars')),
    refused: [
      [{ changeCalendars: Array(11).fill('c') }, 'changeCalendars: must have at most 10 names'],
      [{ changeCalendars: [''] }, 'changeCalendars.0: must not be empty'],
      [{ changeCalendars: 'holidays' }, 'changeCalendars: '],
    ],
  },
  windows: {
    taken: [
      [{ hours: '* 22-23 * * MON-FRI' }],
      [{ hours: '* * * * *', timeZone: 'Europe/Zurich' }, { hours: '0 0 * * 0' }],
    ].map(of('windows')),
    refused: [
      [{ windows: [] }, 'windows: must name a window'],
      [{ windows: [{ hours: '22-23' }] }, 'windows.0: hours must have five cron fields'],
      [{ windows: [{ hours: '0 * * * * *' }] }, 'windows.0: hours must have five cron fields'],
      [{ windows: [{ hours: '99 * * * *' }] }, 'windows.0: hours or timeZone: '],
      [{ windows: [{ hours: '* * * * *', timeZone: 'Mars/Base' }] }, 'windows.0: hours or timeZone: '],
      [{ windows: [{ hours: '0 0 31 2 *' }] }, 'windows.0: hours never match'],
      [{ windows: [{ hours: '* * * * *', timeZone: '' }] }, 'windows.0.timeZone: must not be empty'],
      [{ windows: [{ timeZone: 'UTC' }] }, 'windows.0.hours: '],
      [{ windows: [{ hours: '* * * * *', zone: 'UTC' }] }, 'unknown attribute "windows.0.zone"'],
    ],
  },
  approveWithinHours: whole('approveWithinHours', [1, 720], of('approveWithinHours')),
  resolveOn: {
    taken: ['execution', 'verification'].map(of('resolveOn')),
    refused: [[{ resolveOn: 'green' }, 'resolveOn: must be "execution" or "verification"']],
  },
  verifyWithinHours: whole('verifyWithinHours', [1, 336], of('verifyWithinHours')),
  onStillRed: {
    taken: ['retry', 'escalate'].map(of('onStillRed')),
    refused: [[{ onStillRed: 'ignore' }, 'onStillRed: must be "retry", "escalate" or "rollback"']],
  },
  'loop.times': whole('loop.times', [1, 100], of('loop', { withinHours: 1 }, 'times')),
  'loop.withinHours': whole('loop.withinHours', [1, 8760], of('loop', { times: 1 }, 'withinHours')),
  loop: {
    taken: [],
    refused: [
      [{ loop: { times: 3 } }, 'loop.withinHours: '],
      [{ loop: { times: 3, withinHours: 1, in: 1 } }, 'unknown attribute "loop.in"'],
    ],
  },
  'opsItem.priority': whole('opsItem.priority', [1, 5], of('opsItem', {}, 'priority')),
  opsItem: {
    taken: [
      {},
      { severity: '1' },
      { severity: '4', category: 'Cost' },
      { per: 'check' },
      { per: 'resource' },
      { data: { 'team/on-call': 'a', 'a:b.c d': '' } },
      { data: { text: 'x'.repeat(4096) } },
    ].map(of('opsItem')),
    refused: [
      [{ opsItem: { severity: '5' } }, 'opsItem.severity: must be "1", "2", "3" or "4"'],
      [{ opsItem: { severity: 1 } }, 'opsItem.severity: must be "1", "2", "3" or "4"'],
      [{ opsItem: { category: 'x'.repeat(65) } }, 'opsItem.category: must have at most 64 characters'],
      [{ opsItem: { category: '' } }, 'opsItem.category: must not be empty'],
      [{ opsItem: { per: 'account' } }, 'opsItem.per: must be "resource" or "check"'],
      [{ opsItem: { data: { 'aws:x': '1' } } }, 'is no key that OpsCenter takes'],
      [{ opsItem: { data: { '/aws/dedup': '1' } } }, 'is no key that OpsCenter takes'],
      [{ opsItem: { data: { ['k'.repeat(129)]: '1' } } }, 'is no key that OpsCenter takes'],
      [{ opsItem: { data: { text: 'x'.repeat(4097) } } }, 'opsItem.data.text: must have at most 4096'],
      [{ opsItem: { data: { answer: 'approve' } } }, 'opsItem.data.answer: is a key that Remediator itself'],
      [{ opsItem: { data: { findingId: 'x' } } }, 'opsItem.data.findingId: is a key that Remediator'],
      [{ opsItem: { urgency: 1 } }, 'unknown attribute "opsItem.urgency"'],
    ],
  },
};

/** Every attribute that a check's row alone may have. */
export const OF_A_ROW: Readonly<Record<string, Case>> = {
  ...Object.fromEntries(
    ['checkName', 'ssmAutomationDocument', 'automationParameters', 'regexPattern'].map((name) => [
      name,
      {
        taken: [{ [name]: 'text' }],
        refused: [
          [{ [name]: '' }, `${name}: must not be empty`],
          [{ [name]: undefined }, `${name}: `],
          [{ [name]: { GroupId: ['x'] } }, `${name}: `],
        ],
      } satisfies Case,
    ]),
  ),
  automationStatus: {
    taken: [true, false].map(of('automationStatus')),
    refused: ['true', 1, null, undefined].map((value) => [{ automationStatus: value }, 'automationStatus: ']),
  },
  rollback: {
    taken: [{ rollbackDocument: 'AWS-Undo', rollbackParameters: '{}', onStillRed: 'rollback' }],
    refused: [
      [{ rollbackDocument: 'AWS-Undo' }, 'rollbackDocument: and rollbackParameters come together'],
      [{ rollbackParameters: '{}' }, 'rollbackDocument: and rollbackParameters come together'],
      [{ onStillRed: 'rollback' }, 'onStillRed: is "rollback", and the row names no rollbackDocument'],
      [{ rollbackDocument: '', rollbackParameters: '{}' }, 'rollbackDocument: must not be empty'],
    ],
  },
};
