import { ServiceDefinitionError } from './errors.ts';
import { isTree, type Tree } from './tree.ts';

/** What a condition is evaluated in. */
export interface ConditionScope {
  readonly conditions: Tree;
  /** Evaluates the intrinsic functions of an operand. */
  evaluate(value: unknown, place: string): unknown;
}

type Operator = (argument: unknown, place: string, scope: ConditionScope) => boolean | undefined;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html */
const operators: Readonly<Record<string, Operator>> = {
  'Fn::Equals': (argument, place, scope) => {
    const values = Array.isArray(argument) ? argument : [];
    if (values.length !== 2) throw new ServiceDefinitionError(place, 'Fn::Equals takes two values');
    const [left, right] = values.map((value) => String(scope.evaluate(value, place)));
    return left === right;
  },
  'Fn::Not': (argument, place, scope) => {
    const [only] = operands(argument, place, scope);
    return only === undefined ? undefined : !only;
  },
  'Fn::And': (argument, place, scope) => {
    const values = operands(argument, place, scope);
    if (values.includes(false)) return false;
    return values.includes(undefined) ? undefined : true;
  },
  'Fn::Or': (argument, place, scope) => {
    const values = operands(argument, place, scope);
    if (values.includes(true)) return true;
    return values.includes(undefined) ? undefined : false;
  },
  Condition: (argument, place, scope) => {
    const { conditions } = scope;
    const name = String(argument);
    if (!Object.hasOwn(conditions, name)) {
      throw new ServiceDefinitionError(place, `there is no condition '${name}'`);
    }
    return evaluateCondition(conditions[name], `resources.Conditions.${name}`, scope);
  },
};

/** True, false, or undefined for a condition that cannot be told on a laptop. */
export function evaluateCondition(
  condition: unknown,
  place: string,
  scope: ConditionScope,
): boolean | undefined {
  const [entry] = isTree(condition) ? Object.entries(condition) : [];
  if (entry === undefined || !Object.hasOwn(operators, entry[0])) return undefined;
  return operators[entry[0]]?.(entry[1], place, scope);
}

function operands(argument: unknown, place: string, scope: ConditionScope): (boolean | undefined)[] {
  if (!Array.isArray(argument)) throw new ServiceDefinitionError(place, 'expected a list of conditions');
  return argument.map((item) => evaluateCondition(item, place, scope));
}
