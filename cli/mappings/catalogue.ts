import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Runbook } from '../../local/ssm/documents/runbook.ts';
import { validateDocument } from '../../local/ssm/documents/validate.ts';

/** What a runbook says of one of its parameters. */
export interface ParameterDescription {
  /** `String`, `StringList` …; undefined: not known for certain. */
  readonly type?: string | undefined;
  readonly required: boolean;
  readonly default?: string | undefined;
  readonly allowedValues?: readonly string[] | undefined;
  readonly allowedPattern?: string | undefined;
}

export interface RunbookDescription {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, ParameterDescription>;
}

/** Runbooks by their names. */
export interface Catalogue {
  /** @returns undefined: it knows of none */
  find(name: string): Promise<RunbookDescription | undefined>;
  /** All names that it knows, to suggest one. */
  readonly names: readonly string[];
  /** Whether a runbook that it does not know is none: AWS knows, a list does not. */
  readonly isComplete: boolean;
}

/** The file of AWS's runbooks, as AWS's reference describes them. */
export interface AwsRunbooks {
  readonly runbooks: Readonly<
    Record<
      string,
      { readonly page: string; readonly parameters: Readonly<Record<string, ParameterDescription>> }
    >
  >;
}

const CHECKOUT = join(import.meta.dirname, '..', '..');
const OWN = join(CHECKOUT, 'runbooks');

export function readAwsRunbooks(): AwsRunbooks {
  const file = join(CHECKOUT, 'mappings', 'catalogue', 'aws-runbooks.json');
  return JSON.parse(readFileSync(file, 'utf8')) as AwsRunbooks;
}

/** AWS's runbooks as the bundled list has them, and those of this checkout. */
export function openCatalogue(): Catalogue {
  const { runbooks } = readAwsRunbooks();
  const own = readdirSync(OWN)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'));
  return {
    names: [...own, ...Object.keys(runbooks)],
    isComplete: false,
    async find(nameOrArn) {
      const name = documentNameOf(nameOrArn);
      const found = Object.hasOwn(runbooks, name) ? runbooks[name] : undefined;
      if (found) return { name, parameters: new Map(Object.entries(found.parameters)) };
      return own.includes(name) ? readOwn(name) : undefined;
    },
  };
}

/** A document of another account is named by its ARN. */
export function documentNameOf(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:[^:]+:ssm:[^:]*:\d{12}:document\//, '');
}

function readOwn(name: string): RunbookDescription | undefined {
  const file = join(OWN, `${name}.yaml`);
  const runbook = existsSync(file) ? validateDocument(readFileSync(file, 'utf8')).runbook : undefined;
  return runbook && { name, parameters: describe(runbook) };
}

function describe({ parameters }: Runbook): ReadonlyMap<string, ParameterDescription> {
  return new Map(
    [...parameters.values()].map(({ name, declaredType, default: value, allowedValues, allowedPattern }) => [
      name,
      {
        type: declaredType,
        required: value === undefined,
        default: value === undefined || typeof value === 'string' ? value : JSON.stringify(value),
        allowedValues: allowedValues?.map(String),
        allowedPattern,
      },
    ]),
  );
}
