import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXECUTION_MODES } from '../../shared/domain/execution-mode.ts';
import { addConnection, addJson, EXIT_CODES } from '../connection-options.ts';
import type { GetOptions } from './get.ts';
import type { ListOptions } from './list.ts';
import type { PutOptions } from './put.ts';
import type { TestOptions } from './test-examples.ts';
import type { ValidateOptions } from './validate.ts';

const TABLE = ['automationMappingTable'] as const;

/** Adds `mappings …`. What a command needs is loaded when it runs, so that help is quick. */
export function addMappingCommands(program: Command): void {
  const mappings = program
    .command('mappings')
    .description('check, try and install rows of AutomationMappingTable');
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
  addJson(validate).addHelpText(
    'after',
    `
Exit codes:
  0  no file has errors; a runbook that the catalogue does not know is a warning
  1  a file has errors
  2  wrong usage; a file that is missing or no text; an account that does not answer`,
  );
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
  addJson(addParameters(test)).addHelpText(
    'after',
    `
Exit codes:
  0  every example gave what it expects
  1  one did not, or the file has errors
  2  wrong usage, a file that is missing or no text, or no examples`,
  );
  test.action(async (file: string, options: TestOptions) => {
    const { testMappings } = await import('./test-examples.ts');
    process.exitCode = await testMappings(file, options);
  });
}

function addSchemaCommand(mappings: Command): void {
  mappings
    .command('schema')
    .description('print the JSON Schema of packs, for editors (mappings/mapping-pack.schema.json)')
    .action(async () => {
      const { printSchema } = await import('./print-schema.ts');
      printSchema();
    });
}

function addTableCommands(mappings: Command): void {
  const list = mappings.command('list').description('print the rows of the table, and the mode that holds');
  addConnection(addJson(list).addHelpText('after', EXIT_CODES), TABLE).action(
    async (options: ListOptions) => {
      const { listMappings } = await import('./list.ts');
      process.exitCode = await listMappings(options);
    },
  );

  const get = mappings
    .command('get')
    .description("print a check's row, as put takes it")
    .argument('<check>', 'its name');
  addConnection(addJson(get).addHelpText('after', EXIT_CODES), TABLE).action(
    async (check: string, options: GetOptions) => {
      const { getMapping } = await import('./get.ts');
      process.exitCode = await getMapping(check, options);
    },
  );

  const diff = mappings
    .command('diff')
    .description('show what put or install would change')
    .argument('<file or pack...>', 'files, or packs of this checkout');
  addJson(addMode(addParameters(diff))).addHelpText(
    'after',
    `
Exit codes:
  0  the table has these rows already
  1  it has not, or a file has errors
  2  it could not be done: wrong usage, file, table, endpoint, credentials or permission`,
  );
  addConnection(diff, TABLE).action(async (files: string[], options: PutOptions) => {
    const { diffMappings } = await import('./diff.ts');
    process.exitCode = await diffMappings(files, options);
  });
}

function addChangingCommands(mappings: Command): void {
  const put = mappings
    .command('put')
    .description(
      'put the rows of files into the table. Shows what changes, and asks; all rows are written, or none',
    )
    .argument('<file...>', 'a row, a list of rows, or a pack (JSON)');
  addConnection(addChange(addMode(addParameters(put))), TABLE).action(
    async (files: string[], options: PutOptions) => {
      const { putMappings } = await import('./put.ts');
      process.exitCode = await putMappings(files, options);
    },
  );

  const install = mappings
    .command('install')
    .description(
      "put a pack's rows into the table. Shows what changes, and asks; all rows are written, or none",
    )
    .argument('<pack>', 'a pack of this checkout (docs/packs.md), or the file of one');
  addConnection(addChange(addMode(addParameters(install))), TABLE).action(
    async (pack: string, options: PutOptions) => {
      const { installPack } = await import('./put.ts');
      process.exitCode = await installPack(pack, options);
    },
  );

  const remove = mappings
    .command('remove')
    .description('remove rows from the table. Shows them, and asks; all are removed, or none')
    .argument('<check...>', 'their names');
  addConnection(addChange(remove), TABLE).action(async (checks: string[], options: PutOptions) => {
    const { removeMappings } = await import('./remove.ts');
    process.exitCode = await removeMappings(checks, options);
  });
}

function addChange(command: Command): Command {
  return addJson(command.option('--yes', 'do not ask')).addHelpText('after', EXIT_CODES);
}

function addMode(command: Command): Command {
  return command
    .option('--only <check...>', 'only these rows of the file')
    .addOption(
      new Option('--mode <mode>', 'every row in this mode, or in its own where that is safer').choices(
        EXECUTION_MODES,
      ),
    );
}

function addParameters(command: Command): Command {
  return command.option('--param <Name=value>', "one of the pack's parameters; again for each", collect);
}

function collect(text: string, before: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('It must be Name=value.');
  const name = text.slice(0, equals);
  if (before.has(name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return new Map([...before, [name, text.slice(equals + 1)]]);
}
