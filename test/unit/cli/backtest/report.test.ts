import { describe, expect, it } from 'vitest';
import { run } from '../../../../cli/backtest/run.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { EVENTS, event, lines, openBacktests, ROW, time } from './command.ts';

const { folder, MAPPINGS, backtest, refusal, mappingsFile } = openBacktests();

describe('backtest --against', () => {
  const against = (changes: object) => mappingsFile([{ ...ROW, ...changes }]);

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
