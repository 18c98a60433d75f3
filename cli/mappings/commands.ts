import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXECUTION_MODES } from '../../shared/domain/execution-mode.ts';
import { addConnection, addJson } from '../connection-options.ts';
import { addManual, DONE, judged, type Manual } from '../manual.ts';
import type { GetOptions } from './get.ts';
import type { ListOptions } from './list.ts';
import type { PutOptions } from './put.ts';
import type { TestOptions } from './test-examples.ts';
import type { ValidateOptions } from './validate.ts';

const TABLE = ['automationMappingTable'] as const;

const FAULTS = 'faults: [{line, column, severity, code, message}]';
const CHANGES = 'changes: [{checkName, change, before, after}]';
const CHANGE = `change is add, change, remove or same; before and after are rows, or null`;

/** Adds `mappings …`. What a command needs is loaded when it runs, so that help is quick. */
export function addMappingCommands(program: Command): void {
  const mappings = program
    .command('mappings')
    .summary('check, try and install rows of AutomationMappingTable')
    .description(
      'Checks, tries and installs rows of AutomationMappingTable: which runbook answers which check, with which parameters.',
    );
  addFileCommands(mappings);
  addSchemaCommand(mappings);
  addTableCommands(mappings);
  addChangingCommands(mappings);
}

function addFileCommands(mappings: Command): void {
  const validate = mappings
    .command('validate')
    .summary('check files of mappings')
    .description(
      "Checks rows and packs, and says everything that is wrong, with line and column: attributes, patterns (RE2), templates, and the runbook's parameters; those by the bundled catalogue, or as the account has them where --profile, --region or --endpoint-url says which.",
    )
    .argument('<file...>', 'a row, a list of rows, a pack, or what the AWS CLI prints of rows (JSON)');
  addManual(addJson(validate), {
    exitCodes: judged(
      'no file has errors; a runbook that the catalogue does not know is a warning',
      'a file has errors',
      'usage, a file that is missing or no text, an account that does not answer',
    ),
    json: `{files, rows, errors, warnings, unreadable,\n results: [{file, rows, ${FAULTS}}\n  or {file, error: {code, message}}]}`,
    examples: [
      'remediator mappings validate my-rows.json mappings/*.json',
      'remediator mappings validate my-rows.json --profile security --region eu-west-1',
    ],
  });
  addConnection(validate, []).action(async (files: string[], options: ValidateOptions) => {
    const { validateMappings } = await import('./validate.ts');
    process.exitCode = await validateMappings(files, options);
  });

  const test = mappings
    .command('test')
    .summary("run a file's examples")
    .description(
      'Runs the examples inside rows as tests: examples: [{"resource": …, "detail": {…}, "expect": {"parameters": {…}}}].',
    )
    .argument('<file>', 'a row, a list of rows, or a pack (JSON)');
  addManual(addJson(addParameters(test)), {
    exitCodes: judged(
      'every example gave what it expects',
      'one did not, or the file has errors',
      'usage, a file that is missing or no text, or no examples',
    ),
    json: `{file, rows, examples, failed, withoutExamples: [checkName],
 results: [{checkName, resource, passed, expected, actual}]}`,
    examples: ['remediator mappings test mappings/cloudtrail.json'],
  });
  test.action(async (file: string, options: TestOptions) => {
    const { testMappings } = await import('./test-examples.ts');
    process.exitCode = await testMappings(file, options);
  });
}

function addSchemaCommand(mappings: Command): void {
  const schema = mappings
    .command('schema')
    .summary('print the JSON Schema of packs, for editors')
    .description(
      'Prints the JSON Schema of packs, which a file names as $schema for its editor (mappings/mapping-pack.schema.json).',
    );
  addManual(schema, {
    exitCodes: { 0: 'done', 2: 'wrong usage' },
    examples: ['remediator mappings schema > mapping-pack.schema.json'],
  }).action(async () => {
    const { printSchema } = await import('./print-schema.ts');
    printSchema();
  });
}

function addTableCommands(mappings: Command): void {
  const list = mappings
    .command('list')
    .summary('list the rows of the table, and the mode that holds')
    .description('Lists the rows of the table, and the mode that holds; what is broken is never acted upon.');
  addManual(addJson(list), {
    exitCodes: DONE,
    json: '{mappings: [{checkName, …}], modes: {CHECK: mode}}: rows as the table has\n  them, and the mode of each that holds, or "broken"',
    examples: ['remediator mappings list', 'remediator mappings list --json'],
  });
  addConnection(list, TABLE).action(async (options: ListOptions) => {
    const { listMappings } = await import('./list.ts');
    process.exitCode = await listMappings(options);
  });

  const get = mappings
    .command('get')
    .summary("print a check's row, as put takes it")
    .description("Prints a check's row, as put takes it.")
    .argument('<check>', 'its name');
  addManual(addJson(get), {
    exitCodes: judged('done', 'there is no such row'),
    json: '{checkName, …}: the row as the table has it, in one line',
    examples: ["remediator mappings get 'Amazon S3 Bucket Versioning' > row.json"],
  });
  addConnection(get, TABLE).action(async (check: string, options: GetOptions) => {
    const { getMapping } = await import('./get.ts');
    process.exitCode = await getMapping(check, options);
  });

  const diff = mappings
    .command('diff')
    .summary('show what put or install would change')
    .description('Shows what put or install would change in the table. Writes nothing.')
    .argument('<file or pack...>', 'files, or packs of this checkout (docs/packs.md)');
  addManual(addJson(addMode(addParameters(diff))), {
    exitCodes: judged('the table has these rows already', 'it has not, or a file has errors'),
    json: `{differs, ${CHANGES}}\n${CHANGE}`,
    examples: [
      'remediator mappings diff my-rows.json',
      "remediator mappings diff trusted-advisor-security --only 'Amazon S3 Bucket Permissions' --param RemediationRoleArn=arn:aws:iam::111122223333:role/remediation",
    ],
  });
  addConnection(diff, TABLE).action(async (files: string[], options: PutOptions) => {
    const { diffMappings } = await import('./diff.ts');
    process.exitCode = await diffMappings(files, options);
  });
}

function addChangingCommands(mappings: Command): void {
  const put = mappings
    .command('put')
    .summary('put the rows of files into the table')
    .description(`Puts the rows of files into the table. ${ASKS}`)
    .argument('<file...>', 'a row, a list of rows, or a pack (JSON)');
  addMode(addParameters(put));
  addChange(put, ['remediator mappings put my-rows.json', 'remediator mappings put my-rows.json --yes']);
  addConnection(put, TABLE).action(async (files: string[], options: PutOptions) => {
    const { putMappings } = await import('./put.ts');
    process.exitCode = await putMappings(files, options);
  });

  const install = mappings
    .command('install')
    .summary("put a pack's rows into the table")
    .description(`Puts a pack's rows into the table. ${ASKS}`)
    .argument('<pack>', 'a pack of this checkout (docs/packs.md), or the file of one');
  addMode(addParameters(install));
  addChange(install, [
    'remediator mappings install my-pack.json --mode dryRun --param CloudTrailName=management-events',
    "remediator mappings install trusted-advisor-security --only 'Amazon S3 Bucket Permissions' --param RemediationRoleArn=arn:aws:iam::111122223333:role/remediation",
  ]);
  addConnection(install, TABLE).action(async (pack: string, options: PutOptions) => {
    const { installPack } = await import('./put.ts');
    process.exitCode = await installPack(pack, options);
  });

  const remove = mappings
    .command('remove')
    .summary('remove rows from the table')
    .description('Removes rows from the table. Shows them, and asks; all are removed, or none.')
    .argument('<check...>', 'their names');
  addChange(remove, ["remediator mappings remove 'Amazon S3 Bucket Versioning'"]);
  addConnection(remove, TABLE).action(async (checks: string[], options: PutOptions) => {
    const { removeMappings } = await import('./remove.ts');
    process.exitCode = await removeMappings(checks, options);
  });
}

const ASKS =
  'Shows what changes, and asks. All rows are written, or none, and each only if it still is what was shown.';

function addChange(command: Command, examples: Manual['examples']): void {
  const json = `{changed, ${CHANGES}}\n${CHANGE}`;
  addManual(addJson(command.option('--yes', 'do not ask')), { json, examples });
}

function addMode(command: Command): Command {
  return command
    .option('--only <check...>', 'only these rows of the file; only what they need is asked for')
    .addOption(
      new Option('--mode <mode>', 'every row in this mode, or in its own where that is safer').choices(
        EXECUTION_MODES,
      ),
    );
}

function addParameters(command: Command): Command {
  return command.option(
    '--param <Name=value>',
    `a value for the pack's \${param:Name}; again for each`,
    collect,
  );
}

function collect(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('It must be Name=value.');
  const name = text.slice(0, equals);
  if (before.has(name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return new Map([...before, [name, text.slice(equals + 1)]]);
}
