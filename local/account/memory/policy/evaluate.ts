import type { Condition, Principals, ResourcePolicy, Statement } from './resource-policy.ts';

/** One request that a policy is asked about. */
export interface PolicyQuestion {
  /** Such as `{ kind: 'Service', id: 'cloudtrail.amazonaws.com' }`, or an ARN as `AWS`. */
  readonly principal: { readonly kind: 'AWS' | 'Service'; readonly id: string };
  /** Such as `s3:PutObject`. */
  readonly action: string;
  /** An ARN; `*` for a policy that speaks of its own resource alone. */
  readonly resource: string;
  /** Values of condition keys, by key in lower case. */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Whether a policy lets a request through: some statement allows it, and none denies it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed({ statements }: ResourcePolicy, question: PolicyQuestion): boolean {
  const applying = statements.filter((statement) => applies(statement, question));
  return (
    applying.some(({ effect }) => effect === 'Allow') && applying.every(({ effect }) => effect === 'Allow')
  );
}

/** Whether text fits a pattern with `*` and `?`, in time linear in its length for each star. */
export function matchesGlob(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      t = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

function applies(statement: Statement, question: PolicyQuestion): boolean {
  const { principals, notPrincipals, actions, notActions, resources, notResources } = statement;
  const action = question.action.toLowerCase();
  const isAction = (pattern: string) => matchesGlob(pattern.toLowerCase(), action);
  const isResource = (pattern: string) =>
    matchesGlob(pattern, question.resource) || question.resource === '*';
  return (
    (principals ? names(principals, question) : !names(notPrincipals ?? {}, question)) &&
    (actions ? actions.some(isAction) : !(notActions ?? []).some(isAction)) &&
    (resources ? resources.some(isResource) : !(notResources ?? []).some(isResource)) &&
    statement.conditions.every((condition) => holds(condition, question.context ?? {}))
  );
}

function names(principals: Principals, { principal }: PolicyQuestion): boolean {
  const listed = principals[principal.kind] ?? [];
  if (principals.AWS?.includes('*')) return true;
  const account = /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal.id)?.[1];
  const accountWide = account === undefined ? [] : [account, `arn:aws:iam::${account}:root`];
  return listed.some((each) => each === principal.id || accountWide.includes(each));
}

function holds({ operator, key, values }: Condition, context: PolicyQuestion['context'] = {}): boolean {
  const base = operator.replace(/^For(?:Any|All)Values?:/, '').replace(/IfExists$/, '');
  const actual = context[key.toLowerCase()];
  if (base === 'Null') return values.some((value) => (value === 'true') === (actual === undefined));
  if (actual === undefined) return operator.endsWith('IfExists') || base.includes('Not');
  const test = TESTS[base];
  if (test === undefined) return false;
  return base.includes('Not')
    ? values.every((value) => test(value, actual))
    : values.some((value) => test(value, actual));
}

type Test = (wanted: string, actual: string) => boolean;

const equals: Test = (wanted, actual) => wanted === actual;
const equalsIgnoringCase: Test = (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase();
const not =
  (test: Test): Test =>
  (wanted, actual) =>
    !test(wanted, actual);

/** An operator that is not here holds for nothing. */
const TESTS: Readonly<Record<string, Test | undefined>> = {
  StringEquals: equals,
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: equalsIgnoringCase,
  StringNotEqualsIgnoreCase: not(equalsIgnoringCase),
  StringLike: matchesGlob,
  StringNotLike: not(matchesGlob),
  ArnEquals: matchesGlob,
  ArnNotEquals: not(matchesGlob),
  ArnLike: matchesGlob,
  ArnNotLike: not(matchesGlob),
  Bool: equalsIgnoringCase,
};
