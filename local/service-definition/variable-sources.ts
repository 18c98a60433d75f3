import { readFileSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { ServiceDefinitionError } from './errors.ts';
import { isTree } from './tree.ts';
import { parseYaml } from './yaml.ts';

/** `${name(parameter):address}`, and where it stands. */
export interface VariableReference {
  readonly parameter: string;
  readonly address: string;
  readonly place: string;
}

export interface VariableContext {
  readonly directory: string;
  readonly accountId: string;
  readonly region: string;
  /** What the command line gives: `--stage`, `--region`. */
  readonly options: Readonly<Record<string, string>>;
  /** What the command line gives as `--param name=value`. */
  readonly params: Readonly<Record<string, string>>;
  self(address: string, place: string): unknown;
  resolve(value: unknown, place: string): unknown;
  pick(value: unknown, address: string, place: string): unknown;
}

/** Answers undefined where there is no value, so that the next fallback is taken. */
export type VariableSource = (reference: VariableReference, context: VariableContext) => unknown;

const stage: VariableSource = ({ place }, context) =>
  context.options.stage ?? context.self('provider.stage', place) ?? 'dev';

const serverless: Readonly<Record<string, VariableSource>> = { stage };

const aws: Readonly<Record<string, VariableSource>> = {
  accountId: (_reference, context) => context.accountId,
  region: (_reference, context) => context.region,
};

const param: VariableSource = (reference, context) => {
  const { address, place } = reference;
  return (
    context.params[address] ??
    context.self(`params.${String(stage(reference, context))}.${address}`, place) ??
    context.self(`params.default.${address}`, place)
  );
};

const file: VariableSource = ({ parameter, address, place }, context) => {
  const path = isAbsolute(parameter) ? parameter : join(context.directory, parameter);
  if (!/\.(ya?ml|json)$/.test(path)) {
    throw new ServiceDefinitionError(place, `only YAML and JSON files can be included, not '${parameter}'`);
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isTree(error) && error.code === 'ENOENT') return undefined;
    throw new ServiceDefinitionError(place, `'${parameter}' cannot be read`, { cause: error });
  }
  return context.pick(parseYaml(text, parameter), address, basename(parameter));
};

const strToBool: VariableSource = ({ parameter, place }, context) => {
  const value = String(context.resolve(parameter, place)).toLowerCase();
  if (['true', '1', 'yes'].includes(value)) return true;
  if (['false', '0', 'no', 'null'].includes(value)) return false;
  throw new ServiceDefinitionError(place, `strToBool does not know '${value}'`);
};

/** The sources of variables, by the word before the colon. */
export const variableSources: Readonly<Record<string, VariableSource>> = {
  self: ({ address, place }, context) => context.self(address, place),
  opt: ({ address }, context) => context.options[address],
  sls: (reference, context) => serverless[reference.address]?.(reference, context),
  aws: (reference, context) => aws[reference.address]?.(reference, context),
  param,
  file,
  strToBool,
};
