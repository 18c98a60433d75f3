import pc from 'picocolors';
import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { openUi, printJson, type Ui } from '../ui.ts';
import { openCatalogue } from './catalogue.ts';
import { type ExampleResult, type Outcome, runExample } from './examples.ts';
import { loadSound } from './load.ts';
import type { Row } from './mappings-file.ts';
import { exampleValues, fillParameters } from './pack-parameters.ts';
import type { Example } from './pack-schema.ts';
import { count } from './validate.ts';

export interface TestOptions {
  readonly param?: ReadonlyMap<string, string>;
  readonly json?: true;
}

interface Tested extends ExampleResult {
  readonly checkName: string;
  readonly resource: string;
}

/** Runs the examples of a file as tests. @returns the exit code */
export async function testMappings(file: string, options: TestOptions, ui: Ui = openUi()): Promise<number> {
  const mappings = await loadSound(file, openCatalogue());
  const values = exampleValues(mappings.parameters, options.param);
  const rows = mappings.rows.map(({ row }) => fillParameters(row, values) as Row);
  const tested = rows.flatMap((row) =>
    // The schema has been held to them.
    ((row.examples ?? []) as readonly Example[]).map((example): Tested => {
      const result = runExample(row, example);
      return { checkName: String(row.checkName), resource: example.resource, ...result };
    }),
  );
  const failed = tested.filter(({ passed }) => !passed).length;
  const without = rows.filter((row) => row.examples === undefined).map((row) => String(row.checkName));
  if (tested.length === 0)
    throw new CliError('NO_EXAMPLES', `${file} has no examples: add "examples" to its rows (docs/cli.md)`);
  const counts = { file, rows: rows.length, examples: tested.length, failed };
  if (options.json) printJson(ui, { ...counts, withoutExamples: without, results: tested });
  else {
    for (const each of tested) ui.print(printable(line(each)).replace(MARK, mark(each.passed)));
    if (without.length > 0)
      ui.remark(`${count(without.length, 'row')} without examples: ${without.join('; ')}`);
    ui.print(`${count(tested.length, 'example')} of ${count(rows.length, 'row')}: ${failed} failed`);
  }
  return failed > 0 ? 1 : 0;
}

const MARK = /^(✓|✗)/;

function mark(passed: boolean): string {
  return passed ? pc.green('✓') : pc.red('✗');
}

function line({ passed, checkName, resource, expected, actual }: Tested): string {
  const head = `${passed ? '✓' : '✗'} ${checkName}: ${resource}`;
  return passed ? head : `${head}\n    expected ${show(expected)}\n    got      ${show(actual)}`;
}

function show(outcome: Outcome): string {
  if ('parameters' in outcome) return JSON.stringify(outcome.parameters);
  return outcome.message === undefined ? outcome.error : `${outcome.error}: ${outcome.message}`;
}
