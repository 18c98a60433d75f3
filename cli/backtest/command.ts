import { type Command, InvalidArgumentError } from 'commander';
import { addJson } from '../connection-options.ts';
import { addManual, judged } from '../manual.ts';

/** Adds backtest. */
export function addBacktest(program: Command): void {
  const command = program
    .command('backtest')
    .summary('what mappings would have started over recorded events')
    .description(
      'Plays recorded events by mappings, without any AWS: what they would have started, asked and told, by check and by day. With --against it compares two sets of mappings. Files may be of any size; those that gzip packed are unpacked.',
    )
    .argument(
      '<events.jsonl...>',
      'events of EventBridge, one a line; log events of CloudWatch Logs with such events, as its API, its export to S3 or Logs Insights give them; -: standard input',
    )
    .requiredOption('--mappings <file|directory>', 'the mappings that are tried: rows or packs')
    .option('--against <file|directory>', 'the mappings of now, or of before')
    .option('--from <time>', 'count events from then on; those before are played, too', timeOf)
    .option('--to <time>', 'leave out events from then on', timeOf)
    .option('--fail-on-new-starts', 'exit code 1 where --mappings would start what --against would not');
  addManual(addJson(command), {
    exitCodes: judged(
      'played',
      'played, with lines that could not be read; or there are new starts',
      'it could not be done: usage, a file, a mapping; or there is no event',
    ),
    json: `{read: {lines, events, findings}, stale,
  unreadable: {count, first: [{file, line, message}]},
  notRead: [{event, count}], forgotten: {green, open, starts}, findings,
  counts: {started, asked, dryRun, told, waited, leftAlone, notMapped,
    startedLater}, before?,
  newlyStarted, noLongerStarted, otherwise: [{check, before,
    after: {kind, code, runbook?}, findings, examples: [resource]}],
  checks: [{check, events, findings, counts, before?,
    outcomes: [{kind, code, runbook?, findings}]}],
  days: [{day, events, findings, counts, before?}],
  storms: [{check, since}], assumed: [sentence]}`,
    examples: [
      'remediator backtest events.jsonl --mappings mappings/cloudtrail.json',
      'remediator backtest export/*.gz --mappings new --against now --fail-on-new-starts',
      'aws logs filter-log-events --log-group-name /aws/events/remediator-prod-findings | remediator backtest - --mappings mappings',
    ],
  });
  command.action(async (files, options) => {
    const { run } = await import('./run.ts');
    process.exitCode = await run(files, options);
  });
}

/** A day, or a moment in ISO 8601. */
function timeOf(text: string): Date {
  const time = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError(
    'It must be a day (2026-11-20) or a moment (2026-11-20T10:00:00Z) in ISO 8601.',
  );
}
