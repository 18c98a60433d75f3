import type { RunbookParameters } from './template.ts';

/** What is to be started. */
interface Startable {
  readonly runbook: string;
  readonly parameters: RunbookParameters;
}

/** Starts that differ in the one value of one parameter. */
export interface BatchPlan<Item extends Startable> {
  readonly runbook: string;
  readonly parameter: string;
  /** The parameters that all of them have. */
  readonly common: RunbookParameters;
  readonly members: readonly Item[];
}

/** TargetMaps takes 300 values of 50 characters; a target of the key ParameterValues takes 50 of any length. */
const MOST_SHORT = 300;
const MOST_LONG = 50;
const SHORT = 50;
/** Who runs it is not what it runs for. */
const ROLE = 'AutomationAssumeRole';

/** Puts together what can be started as one rate-controlled execution; what cannot starts alone. */
export function planBatches<Item extends Startable>(items: readonly Item[]) {
  const batches: BatchPlan<Item>[] = [];
  let left = [...items];
  for (let plan = largest(left); plan !== undefined; plan = largest(left)) {
    batches.push(plan);
    const taken = new Set<Item>(plan.members);
    left = left.filter((item) => !taken.has(item));
  }
  return { batches, singles: left };
}

/** The value of a member's that tells it from the others. */
export function targetOf({ parameters }: Startable, parameter: string): string {
  const [value, ...others] = parameters[parameter] ?? [];
  if (value === undefined || others.length > 0)
    throw new TypeError(`The parameter ${parameter} has ${others.length + 1} values`);
  return value;
}

function largest<Item extends Startable>(items: readonly Item[]): BatchPlan<Item> | undefined {
  const names = new Set(items.flatMap(({ parameters }) => Object.keys(parameters)));
  names.delete(ROLE);
  let best: BatchPlan<Item> | undefined;
  for (const parameter of names) {
    for (const alike of groupsOf(items, parameter)) {
      if (alike.members.length > (best?.members.length ?? 1)) best = alike;
    }
  }
  return best;
}

/** Those that are alike but for one parameter; of two with the same value there only the first. */
function groupsOf<Item extends Startable>(items: readonly Item[], parameter: string): BatchPlan<Item>[] {
  const groups = new Map<
    string,
    { readonly common: RunbookParameters; readonly byValue: Map<string, Item> }
  >();
  for (const item of items) {
    const { [parameter]: values, ...common } = item.parameters;
    const [value] = values ?? [];
    if (value === undefined || values?.length !== 1) continue;
    const sorted = Object.entries(common).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const signature = JSON.stringify([item.runbook, sorted]);
    const group = groups.get(signature) ?? { common, byValue: new Map<string, Item>() };
    groups.set(signature, group);
    if (!group.byValue.has(value)) group.byValue.set(value, item);
  }
  return [...groups.values()].flatMap(({ common, byValue }) => {
    const values = [...byValue.keys()];
    const most = values.some((value) => value.length > SHORT) ? MOST_LONG : MOST_SHORT;
    const members = values.slice(0, most).flatMap((value) => byValue.get(value) ?? []);
    const [first] = members;
    return first ? [{ runbook: first.runbook, parameter, common, members }] : [];
  });
}
