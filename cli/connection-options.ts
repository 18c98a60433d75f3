import { type Command, InvalidArgumentError, Option } from 'commander';
import { urlOf } from '../local/command.ts';

/** Remediator's tables, with their names in serverless.yml unless they were deployed under others. */
const TABLES = {
  checkTrackerTable: ['--check-tracker-table', 'CheckTrackerTable'],
  automationMappingTable: ['--automation-mapping-table', 'AutomationMappingTable'],
  automationExecutionTrackerTable: [
    '--automation-execution-tracker-table',
    'AutomationExecutionTrackerTable',
  ],
  remediationExceptionTable: ['--remediation-exception-table', 'RemediationExceptionTable'],
  remediationGuardTable: ['--remediation-guard-table', 'RemediationGuardTable'],
} as const;

export type TableName = keyof typeof TABLES;

/** Where Remediator is: as commander gives it, for the tables that a command said it uses. */
export interface Connection extends Readonly<Record<TableName, string>> {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}

/** The heading of the options that say where Remediator is. */
export const GROUP = 'Where Remediator is:';

/** Adds `--profile`, `--region`, `--endpoint-url` as the AWS CLI has them, and the names of the tables that are used. */
export function addConnection(
  command: Command,
  tables: readonly TableName[],
  { place = true }: { readonly place?: boolean } = {},
): Command {
  const places = [
    new Option('--profile <name>', 'profile of the AWS configuration files'),
    new Option('--region <name>', 'region of the stack').argParser(regionOf),
    new Option('--endpoint-url <url>', 'another endpoint, such as http://127.0.0.1:4566').argParser(urlOf),
  ];
  const options = [
    ...(place ? places : []),
    ...tables.map((table) => {
      const [flag, name] = TABLES[table];
      const variable = `REMEDIATOR_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`;
      // Their long names would leave all other options half of a terminal: addManual has a place for them.
      return new Option(`${flag} <name>`, name).argParser(tableOf).env(variable).default(name).hideHelp();
    }),
  ];
  for (const option of options) command.addOption(option.helpGroup(GROUP));
  return command;
}

/** The options of a command that name tables; their descriptions are the names that hold without them. */
export function tableOptionsOf({ options }: Command): readonly Option[] {
  return options.filter(({ hidden, helpGroupHeading }) => hidden && helpGroupHeading === GROUP);
}

/** `--json`, for programs. */
export function addJson(command: Command): Command {
  return command.option('--json', 'print one JSON object, and nothing else');
}

export function isRegion(text: string): boolean {
  return /^[a-z]{2,8}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** @throws InvalidArgumentError */
export function regionOf(text: string): string {
  if (isRegion(text)) return text;
  throw new InvalidArgumentError('It must be a region such as us-east-1.');
}

function tableOf(text: string): string {
  if (/^[\w.-]{3,255}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a table.');
}
