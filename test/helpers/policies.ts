import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface RawStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** A statement of an IAM policy, and where it stands. */
export interface Statement extends RawStatement {
  /** Logical ID of the role or policy that holds it. */
  readonly holder: string;
  readonly actions: readonly string[];
  readonly on: readonly string[];
}

export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

const ROOT = new URL('../../', import.meta.url);

/** A YAML file of the stack; `!Sub` and its like are read as the text behind them. */
export function readYaml(name: string): Record<string, Record<string, unknown>> {
  return parse(readFileSync(new URL(name, ROOT), 'utf8'), { logLevel: 'silent' });
}

/** The resources of a template, by logical ID. */
export function resourcesOf(name: string): readonly (readonly [string, Resource])[] {
  return Object.entries(readYaml(name).Resources as Record<string, Resource>);
}

/** Every statement of a template's roles and policies. */
export function statementsOf(name: string): readonly Statement[] {
  return resourcesOf(name).flatMap(([holder, resource]) =>
    documentsOf(resource).flatMap(({ Statement }) =>
      Statement.map((statement) => ({
        ...statement,
        holder,
        actions: [statement.Action].flat(),
        on: [statement.Resource].flat(),
      })),
    ),
  );
}

function documentsOf({ Type, Properties }: Resource): readonly { Statement: RawStatement[] }[] {
  if (Type !== 'AWS::IAM::Role') return [Properties.PolicyDocument as { Statement: RawStatement[] }];
  return (Properties.Policies as { PolicyDocument: { Statement: RawStatement[] } }[]).map(
    (each) => each.PolicyDocument,
  );
}

/** IAM's name of a service, by the SDK's name of its client. */
const SERVICES: Readonly<Record<string, string>> = {
  ssm: 'ssm',
  'resource-groups-tagging-api': 'tag',
  'config-service': 'config',
  support: 'support',
};

/** What the adapters call in the account of a finding, as IAM names it: every command that they import. */
export function actionsOfAdapters(): readonly string[] {
  const folder = new URL('shared/aws/', ROOT);
  const found = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(new URL(file, folder), 'utf8').matchAll(
        /import \{([^}]+)\} from '@aws-sdk\/client-([a-z-]+)'/g,
      ),
    ].flatMap(([, imported = '', client = '']) => {
      const service = SERVICES[client];
      const commands = [...imported.matchAll(/\b(\w+)Command\b/g)].map(([, command]) => command);
      return service ? commands.map((command) => `${service}:${command}`) : [];
    }),
  );
  return [...new Set(found)].toSorted();
}
