import { type ConditionScope, evaluateCondition } from './conditions.ts';
import { ServiceDefinitionError } from './errors.ts';
import { type Deployment, type ResourceValues, resourceValues } from './resource-names.ts';
import type { Template } from './template.ts';
import { at, isTree, type Tree } from './tree.ts';

/** What intrinsic functions look things up in. */
export interface IntrinsicContext {
  readonly template: Template;
  readonly deployment: Deployment;
  /** Functions by the logical IDs that Serverless Framework gives them, such as `CheckDashtrackerLambdaFunction`. */
  readonly functions: ReadonlyMap<string, ResourceValues>;
}

type Intrinsic = (argument: unknown, place: string, context: IntrinsicContext) => unknown;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, place, context) => ref(text(argument, place), place, context),
  'Fn::GetAtt': (argument, place, context) => {
    const [logicalId, attribute] = Array.isArray(argument)
      ? argument
      : text(argument, place).split(/\.(.*)/s);
    return getAttribute(text(logicalId, place), text(attribute, place), place, context);
  },
  'Fn::Sub': (argument, place, context) => {
    const [template, values] = Array.isArray(argument) ? argument : [argument, {}];
    return substitute(text(template, place), isTree(values) ? values : {}, place, context);
  },
  'Fn::Join': (argument, place, context) => {
    const [separator, values] = list(argument, 2, place);
    return list(evaluate(values, place, context), undefined, place)
      .map((value) => text(value, place))
      .join(text(separator, place));
  },
  'Fn::Select': (argument, place, context) => {
    const [index, values] = list(argument, 2, place);
    return list(evaluate(values, place, context), undefined, place)[Number(index)];
  },
  'Fn::Split': (argument, place, context) => {
    const [separator, value] = list(argument, 2, place);
    return text(evaluate(value, place, context), place).split(text(separator, place));
  },
  'Fn::If': (argument, place, context) => {
    const [name, whenTrue, whenFalse] = list(argument, 3, place);
    const isTrue = evaluateCondition({ Condition: name }, place, conditionScope(context));
    if (isTrue === undefined) {
      throw new ServiceDefinitionError(
        place,
        `the condition '${String(name)}' cannot be evaluated on a laptop`,
      );
    }
    return evaluate(isTrue ? whenTrue : whenFalse, place, context);
  },
};

/**
 * A resolved tree with its intrinsic functions evaluated; what is `AWS::NoValue` is left out.
 * @throws ServiceDefinitionError for a function, resource or attribute that is not known
 */
export function evaluate(value: unknown, place: string, context: IntrinsicContext): unknown {
  if (Array.isArray(value)) {
    return value
      .map((item, index) => evaluate(item, at(place, index), context))
      .filter((item) => item !== undefined);
  }
  if (!isTree(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && isIntrinsic(only[0])) {
    const intrinsic = Object.hasOwn(intrinsics, only[0]) ? intrinsics[only[0]] : undefined;
    if (intrinsic === undefined) {
      throw new ServiceDefinitionError(place, `${only[0]} is not supported by the laptop's cloud`);
    }
    return intrinsic(only[1], place, context);
  }
  const evaluated = entries.map(([key, item]) => [key, evaluate(item, at(place, key), context)] as const);
  return Object.fromEntries(evaluated.filter(([, item]) => item !== undefined));
}

/** @returns where the conditions of a template are evaluated */
export function conditionScope(context: IntrinsicContext): ConditionScope {
  return {
    conditions: context.template.conditions,
    evaluate: (value, place) => evaluate(value, place, context),
  };
}

const isIntrinsic = (key: string): boolean => key === 'Ref' || key.startsWith('Fn::');

function ref(name: string, place: string, context: IntrinsicContext): unknown {
  const { deployment, template } = context;
  const pseudo: Readonly<Record<string, string | undefined>> = {
    'AWS::Region': deployment.region,
    'AWS::AccountId': deployment.accountId,
    'AWS::Partition': deployment.partition,
    'AWS::StackName': deployment.stackName,
    'AWS::URLSuffix': deployment.urlSuffix,
    'AWS::StackId': `arn:${deployment.partition}:cloudformation:${deployment.region}:${deployment.accountId}:stack/${deployment.stackName}/local`,
    'AWS::NoValue': undefined,
  };
  if (Object.hasOwn(pseudo, name)) return pseudo[name];
  const parameter = Object.hasOwn(template.parameters, name) ? template.parameters[name] : undefined;
  if (isTree(parameter)) {
    if (parameter.Default !== undefined) return parameter.Default;
    throw new ServiceDefinitionError(place, `the parameter '${name}' has no Default`);
  }
  return valuesOf(name, place, context).ref;
}

function getAttribute(
  logicalId: string,
  attribute: string,
  place: string,
  context: IntrinsicContext,
): string {
  const { attributes } = valuesOf(logicalId, place, context);
  const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
  if (value === undefined) {
    throw new ServiceDefinitionError(
      place,
      `the laptop's cloud does not know '${attribute}' of '${logicalId}'`,
    );
  }
  return value;
}

/** @throws ServiceDefinitionError where there is no such resource */
export function valuesOf(logicalId: string, place: string, context: IntrinsicContext): ResourceValues {
  const deployed = context.functions.get(logicalId);
  if (deployed !== undefined) return deployed;
  const resource = context.template.resources.get(logicalId);
  if (resource === undefined) throw new ServiceDefinitionError(place, `there is no resource '${logicalId}'`);
  return resourceValues(resource, context.deployment, (key) => {
    const value = evaluate(resource.properties[key], `resources.${logicalId}.${key}`, context);
    return value === undefined ? undefined : text(value, `resources.${logicalId}.${key}`);
  });
}

function substitute(template: string, values: Tree, place: string, context: IntrinsicContext): string {
  return template.replace(/\$\{(!?)([^}]*)\}/g, (_match, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(values, name)) return text(evaluate(values[name], place, context), place);
    const dot = name.indexOf('.');
    if (dot < 0) return text(ref(name, place, context), place);
    return getAttribute(name.slice(0, dot), name.slice(dot + 1), place, context);
  });
}

function text(value: unknown, place: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new ServiceDefinitionError(
    place,
    `expected text, found ${value === undefined ? 'nothing' : JSON.stringify(value)}`,
  );
}

function list(value: unknown, length: number | undefined, place: string): unknown[] {
  if (Array.isArray(value) && (length === undefined || value.length === length)) return value;
  throw new ServiceDefinitionError(place, `expected a list${length === undefined ? '' : ` of ${length}`}`);
}
