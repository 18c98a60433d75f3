import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type BacktestCommandOptions, run, type Surroundings } from '../../../../cli/backtest/run.ts';
import { CliError } from '../../../../cli/cli-error.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { openFolder } from '../../../helpers/folder.ts';
import { anEvent } from './model.ts';

const folder = openFolder();
const ROW = aMappingRow({ checkName: 'one' });
const MAPPINGS = folder.write('mappings.json', [ROW]);
const time = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
const event = (resource: string, changes: Partial<Parameters<typeof anEvent>[0]> = {}) =>
  anEvent({ check: 'one', resource, status: 'Red', time: time(20), ...changes });
const lines = (...events: readonly unknown[]) => events.map((each) => JSON.stringify(each)).join('\n');
const EVENTS = lines(event('sg-1'), event('sg-2', { time: time(21) }), event('sg-3', { check: 'none' }));

let files = 0;
async function backtest(
  content: string | Buffer,
  options: Partial<BacktestCommandOptions> = {},
  surroundings: Surroundings = {},
) {
  const ui = new FakeUi();
  const file = folder.write(`events-${files++}`, content);
  const code = await run([file], { mappings: MAPPINGS, json: true, ...options }, { ui, ...surroundings });
  return { code, ui, file, report: options.json === undefined && 'json' in options ? {} : ui.json };
}

const STARTED = {
  read: { lines: 3, events: 3, findings: 3 },
  findings: 3,
  counts: { started: 2, notMapped: 1 },
};

async function refusal(
  content: string | Buffer,
  options: Partial<BacktestCommandOptions> = {},
  surroundings: Surroundings = {},
) {
  const error = await backtest(content, options, surroundings).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CliError)) throw error ?? new Error('It was not refused');
  expect(error.message).not.toContain('\n');
  return error;
}

describe('what backtest reads', () => {
  it.each([
    ['lines', EVENTS],
    ['packed lines', gzipSync(EVENTS)],
    [
      'two packed files in one',
      Buffer.concat([gzipSync(`${EVENTS}\n`.slice(0, 500)), gzipSync(`${EVENTS}\n`.slice(500))]),
    ],
    ['lines of Windows, with its mark at the beginning', `\ufeff${EVENTS.replaceAll('\n', '\r\n')}\r\n`],
    ['blank lines between', `\n\n${EVENTS.replaceAll('\n', '\n\n')}\n\n`],
  ])('%s', async (_, content) => {
    const { code, report, ui } = await backtest(content);
    expect(report).toMatchObject({ ...STARTED, read: { events: 3, findings: 3 } });
    expect(ui.remarks).toEqual([]);
    expect(code).toBe(0);
  });

  it.each([
    [
      'an answer of the AWS CLI',
      { events: EVENTS.split('\n').map((message) => ({ message, timestamp: 1 })) },
    ],
    ['a list of events', EVENTS.split('\n').map((line) => JSON.parse(line))],
    [
      'entries of PutEvents',
      EVENTS.split('\n')
        .map((line) => JSON.parse(line))
        .map(entryOf),
    ],
  ])('%s, laid out over many lines', async (_, document) => {
    const { report } = await backtest(JSON.stringify(document, null, 2));
    expect(report).toMatchObject({ findings: 3, counts: { started: 2 } });
  });

  it('one event, laid out over many lines', async () => {
    const { report } = await backtest(JSON.stringify(event('sg-1'), null, 2));
    expect(report).toMatchObject({ read: { events: 1 }, counts: { started: 1 } });
  });

  it.each([1, 7, 100])('characters that a piece of %i bytes cuts in two', async (chunkBytes) => {
    const check = 'Prüfung 😀';
    const mappings = folder.write('umlaut.json', aMappingRow({ checkName: check }));
    const { report } = await backtest(lines(event('sg-1', { check })), { mappings }, { chunkBytes });
    expect(report).toMatchObject({ checks: [{ check, counts: { started: 1 } }] });
  });

  it('standard input, and several files', async () => {
    const ui = new FakeUi();
    const standardInput = (async function* () {
      yield Buffer.from(EVENTS);
    })();
    const file = folder.write('other.jsonl', lines(event('sg-4')));
    expect(
      await run([file, '-'], { mappings: MAPPINGS, json: true }, { ui, standardInput, isLarge: false }),
    ).toBe(0);
    expect(ui.json).toMatchObject({ counts: { started: 3 } });
  });
});

describe('what backtest cannot read', () => {
  it('goes on behind a broken line, names it, and tells by its exit code', async () => {
    const { code, report, ui, file } = await backtest(EVENTS.replace('\n', '\n{"broken\n'));
    expect(report).toMatchObject({
      ...STARTED,
      read: { lines: 4 },
      unreadable: { count: 1, first: [{ file, line: 2 }] },
    });
    expect(ui.remarks).toEqual([
      expect.stringMatching(/could not be read, the first at .*:2: it is not JSON/),
    ]);
    expect(code).toBe(1);
  });

  it('a line that is longer than any event', async () => {
    const { code, report } = await backtest(
      EVENTS.replace('\n', `\n${'x'.repeat(5000)}\n`),
      {},
      { chunkBytes: 600, longestLine: 2000 },
    );
    expect(report).toMatchObject({ ...STARTED, read: { lines: 4 }, unreadable: { first: [{ line: 2 }] } });
    expect(code).toBe(1);
  });

  it('an event that its source cannot read', async () => {
    const broken = { ...event('sg-1'), detail: { checkName: 'one' } };
    const { code, report } = await backtest(`${EVENTS}\n${lines(broken)}`);
    expect(report).toMatchObject({
      unreadable: { count: 1, first: [{ line: 4, message: expect.stringContaining('EVENT_INCOMPLETE') }] },
    });
    expect(code).toBe(1);
  });

  it('events that no source reads are counted, and are no fault', async () => {
    const other = { source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification' };
    const { code, report } = await backtest(`${EVENTS}\n${lines(other, other)}`);
    expect(report).toMatchObject({
      notRead: [{ event: 'EC2 Instance State-change Notification of aws.ec2', count: 2 }],
      unreadable: { count: 0 },
    });
    expect(code).toBe(0);
  });

  it.each([
    ['nothing', '', 'NO_EVENT', 'is empty'],
    ['text', 'one\ntwo\n', 'NO_EVENT', 'Line 1: it is not JSON'],
    ['half a gzip file', gzipSync(EVENTS).subarray(0, 60), 'NOT_READABLE', 'no whole gzip file'],
    ['UTF-16', Buffer.from(`\ufeff${EVENTS}`, 'utf16le'), 'NOT_UTF8', 'iconv'],
  ])('%s is refused', async (_, content, code, message) => {
    const error = await refusal(content);
    expect(error).toMatchObject({ code, exitCode: 2 });
    expect(error.message).toContain(message);
  });

  it('a large document that is no list of lines', async () => {
    const document = JSON.stringify({ events: [{ message: 'x'.repeat(300_000) }] }, null, 2);
    const error = await refusal(document, {}, { wholeBytes: 200_000 });
    expect(error).toMatchObject({ code: 'NOT_LINES', message: expect.stringContaining("jq -c '.events[]'") });
  });

  it.each([
    [['missing.jsonl'], 'NO_FILE'],
    [[folder.path], 'NOT_A_FILE'],
    [['-', '-'], 'NO_INPUT'],
  ])('%j: %s', async (named, code) => {
    await expect(run(named, { mappings: MAPPINGS }, { ui: new FakeUi() })).rejects.toMatchObject({
      code,
      exitCode: 2,
    });
  });

  it('a terminal that nobody has piped anything to', async () => {
    const standardInput = Object.assign((async function* () {})(), { isTTY: true });
    const running = run(['-'], { mappings: MAPPINGS }, { ui: new FakeUi(), standardInput, isLarge: false });
    await expect(running).rejects.toMatchObject({ code: 'NO_INPUT' });
  });

  it.each([
    ['no mapping', [{ checkName: '*' }], 'NO_MAPPINGS'],
    ['an unknown attribute', [{ ...ROW, maxPerHuor: 1 }], 'BROKEN_ROW'],
    ['a pattern that is none', [{ ...ROW, regexPattern: '(' }], 'BROKEN_ROW'],
    ['a template that is none', [{ ...ROW, automationParameters: '[]' }], 'BROKEN_ROW'],
    ['no row', [{}], 'NOT_A_ROW'],
  ])('mappings: %s', async (_, rows, code) => {
    const mappings = folder.write(`${code}-${files++}.json`, rows);
    expect(await refusal(EVENTS, { mappings })).toMatchObject({ code, exitCode: 2 });
  });
});

describe('backtest --against', () => {
  const against = (changes: object) => folder.write(`against-${files++}.json`, [{ ...ROW, ...changes }]);

  it('names what newly starts, and resources', async () => {
    const { code, report } = await backtest(EVENTS, { against: against({ executionMode: 'approval' }) });
    expect(report).toMatchObject({
      counts: { started: 2 },
      before: { asked: 2, started: 0 },
      newlyStarted: [
        {
          check: 'one',
          findings: 2,
          before: { kind: 'asked', code: 'APPROVAL_NEEDED' },
          after: { kind: 'started', runbook: ROW.ssmAutomationDocument },
          examples: [expect.stringContaining('/sg-1'), expect.stringContaining('/sg-2')],
        },
      ],
      noLongerStarted: [],
      days: [
        { day: '2026-11-20', findings: 2, counts: { started: 1 }, before: { asked: 1 } },
        { day: '2026-11-21', counts: { started: 1 }, before: { started: 0 } },
      ],
    });
    expect(code).toBe(0);
  });

  it('names resources of what newly starts however often others were seen, and before --from', async () => {
    const before = Array.from({ length: 20 }, (_, hour) => event('sg-1', { time: time(20, hour) }));
    const flapping = [
      event('sg-2', { time: time(20) }),
      event('sg-2', { status: 'Green', time: time(21, 1) }),
    ];
    const later = ['sg-2', 'sg-3', 'sg-4', 'sg-5'].map((resource) => event(resource, { time: time(21, 2) }));
    const { report } = await backtest(lines(...before, ...flapping, ...later), {
      against: against({ executionMode: 'notify' }),
      from: new Date(time(21, 0)),
    });
    expect(report).toMatchObject({
      newlyStarted: [
        { findings: 4, examples: ['sg-2', 'sg-3', 'sg-4'].map((each) => expect.stringContaining(each)) },
      ],
    });
  });

  it('--fail-on-new-starts tells by the exit code', async () => {
    const failOnNewStarts = true;
    const { code } = await backtest(EVENTS, {
      against: against({ executionMode: 'approval' }),
      failOnNewStarts,
    });
    expect(code).toBe(1);
    expect((await backtest(EVENTS, { against: against({}), failOnNewStarts })).code).toBe(0);
    expect(await refusal(EVENTS, { failOnNewStarts })).toMatchObject({ code: 'USAGE' });
  });

  it('what starts no longer, and a broken row to compare with', async () => {
    const mappings = against({ automationStatus: false });
    const { report } = await backtest(EVENTS, { mappings, against: MAPPINGS });
    expect(report).toMatchObject({ noLongerStarted: [{ findings: 2, after: { code: 'MAPPING_DISABLED' } }] });
    const mended = await backtest(EVENTS, { against: against({ regexPattern: '(' }) });
    expect(mended.report).toMatchObject({
      newlyStarted: [{ before: { kind: 'told', code: 'MAPPING_REGEX_INVALID' } }],
    });
  });
});

describe('what backtest counts', () => {
  it('an episode once, however often it is told, and the next one after Green', async () => {
    const { report } = await backtest(
      lines(
        event('sg-1', { time: time(20) }),
        event('sg-1', { time: time(20) }),
        event('sg-1', { time: time(21) }),
        event('sg-1', { status: 'Green', time: time(22) }),
        event('sg-1', { time: time(20, 12) }),
        event('sg-1', { time: time(23) }),
      ),
    );
    expect(report).toMatchObject({ read: { findings: 6 }, findings: 2, stale: 2, counts: { started: 2 } });
  });

  it('--from and --to: what came before is known, and not counted', async () => {
    const events = lines(event('sg-1'), event('sg-1', { time: time(21) }), event('sg-2', { time: time(21) }));
    const from = new Date(time(21));
    const { report } = await backtest(`${events}\n${lines(event('sg-3', { time: time(22) }))}`, {
      from,
      to: new Date(time(22)),
    });
    expect(report).toMatchObject({ read: { findings: 2 }, findings: 1, counts: { started: 1 } });
  });

  it('what waits for its window is started by a later event', async () => {
    const mappings = folder.write('windows.json', {
      ...ROW,
      windows: [{ hours: '* 12 * * *', timeZone: 'UTC' }],
    });
    const { report } = await backtest(
      lines(event('sg-1'), event('sg-1', { time: time(20, 11) }), event('sg-1', { time: time(20, 12) })),
      { mappings },
    );
    expect(report).toMatchObject({ findings: 1, counts: { waited: 1, started: 1, startedLater: 1 } });
    expect(report.assumed).toContainEqual(expect.stringContaining('What waits'));
  });

  it('loops are found, and nothing more starts until they have aged', async () => {
    const mappings = folder.write('loop.json', { ...ROW, loop: { times: 1, withinHours: 2 } });
    const { report } = await backtest(
      lines(
        event('sg-1', { time: time(20, 1) }),
        event('sg-1', { status: 'Green', time: time(20, 2) }),
        event('sg-1', { time: time(20, 2).replace(':00.', ':01.') }),
        event('sg-1', { time: time(20, 4) }),
      ),
      { mappings },
    );
    expect(report).toMatchObject({
      findings: 2,
      counts: { started: 2, told: 1, startedLater: 1 },
      checks: [
        {
          outcomes: expect.arrayContaining([
            expect.objectContaining({ kind: 'told', code: 'LOOP_DETECTED' }),
          ]),
        },
      ],
    });
  });

  it('says that a storm breaker opens', async () => {
    const mappings = folder.write('storm.json', { ...ROW, stopAfter: { findings: 1, withinMinutes: 60 } });
    const { report, ui } = await backtest(lines(event('sg-1'), event('sg-2'), event('sg-3')), { mappings });
    expect(report).toMatchObject({
      counts: { started: 1, waited: 2 },
      storms: [{ check: 'one', since: time(20) }],
    });
    expect(ui.remarks.join()).toContain('nothing of it starts from then on');
  });
});

describe('what backtest prints', () => {
  it('a table by check, one by day, a chart, and what it assumed', async () => {
    const ui = new FakeUi();
    const file = folder.write('printed.jsonl', EVENTS);
    const against = folder.write('printed-against.json', [{ ...ROW, executionMode: 'approval' }]);
    await run([file], { mappings: MAPPINGS, against }, { ui });
    const text = ui.printed.join('\n');
    expect(text).toContain(
      '3 events, 2026-11-20 to 2026-11-21: 3 findings turned Red or Yellow. Starts: 0 → 2.',
    );
    expect(text).toMatch(/^one +2 +2 +0 → 2 +2 → 0 +·$/m);
    expect(text).toMatch(/^2026-11-21 +1 +1 +0 → 1 +1 → 0 +·$/m);
    expect(text).toContain(
      `2 one: asked ${ROW.ssmAutomationDocument} → started ${ROW.ssmAutomationDocument}`,
    );
    expect(text).toMatch(/^2026-11-20 after +█+ 1$/m);
    expect(text).toContain('assumed: What is started succeeds at once');
  });

  it("nothing of an event's own that a terminal would obey", async () => {
    const ui = new FakeUi();
    const file = folder.write('evil.jsonl', lines(event('sg-1', { check: 'evil\u001b[2J' })));
    await run([file], { mappings: MAPPINGS }, { ui });
    expect(ui.printed.join('')).toContain('evil\ufffd[2J');
  });
});

function entryOf(said: ReturnType<typeof anEvent>) {
  return {
    Source: said.source,
    DetailType: said['detail-type'],
    Detail: JSON.stringify(said.detail),
    Time: said.time,
  };
}
