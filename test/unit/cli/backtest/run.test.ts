import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { run } from '../../../../cli/backtest/run.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { EVENTS, event, lines, openBacktests, ROW } from './command.ts';
import type { anEvent } from './model.ts';

const { folder, MAPPINGS, backtest, refusal, mappingsFile } = openBacktests();

const STARTED = {
  read: { lines: 3, events: 3, findings: 3 },
  findings: 3,
  counts: { started: 2, notMapped: 1 },
};

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
    const mappings = mappingsFile(rows);
    expect(await refusal(EVENTS, { mappings })).toMatchObject({ code, exitCode: 2 });
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
