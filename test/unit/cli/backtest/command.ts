import { expect } from 'vitest';
import { type BacktestCommandOptions, run, type Surroundings } from '../../../../cli/backtest/run.ts';
import { CliError } from '../../../../cli/cli-error.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { openFolder } from '../../../helpers/folder.ts';
import { anEvent } from './model.ts';

export const ROW = aMappingRow({ checkName: 'one' });
export const time = (day: number, hour = 10) => new Date(Date.UTC(2026, 10, day, hour)).toISOString();
export const event = (resource: string, changes: Partial<Parameters<typeof anEvent>[0]> = {}) =>
  anEvent({ check: 'one', resource, status: 'Red', time: time(20), ...changes });
export const lines = (...events: readonly unknown[]) => events.map((each) => JSON.stringify(each)).join('\n');
/** Two that start something, and one of a check without a mapping. */
export const EVENTS = lines(
  event('sg-1'),
  event('sg-2', { time: time(21) }),
  event('sg-3', { check: 'none' }),
);

/** The command, with files in a folder of the test file's own. */
export function openBacktests() {
  const folder = openFolder();
  const MAPPINGS = folder.write('mappings.json', [ROW]);
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

  /** Other mappings, in a file of their own. */
  const mappingsFile = (rows: readonly unknown[]) => folder.write(`mappings-${files++}.json`, rows);

  return { folder, MAPPINGS, backtest, refusal, mappingsFile };
}
