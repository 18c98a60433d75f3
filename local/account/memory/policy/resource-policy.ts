import { z } from 'zod';

/** A policy that a resource carries, read: S3's bucket policies, KMS's key policies. */
export interface ResourcePolicy {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** By kind of principal: `AWS`, `Service` …; everyone is `AWS: ['*']`. */
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
  readonly actions: readonly string[] | undefined;
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
  readonly notResources: readonly string[] | undefined;
  readonly conditions: readonly Condition[];
}

export type Principals = Readonly<Record<string, readonly string[]>>;

/** `"StringEquals": { "aws:SourceArn": ["…"] }`; all of a statement's must hold. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const PRINCIPAL_KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const principals = z.union([
  z.literal('*').transform((): Principals => ({ AWS: ['*'] })),
  z
    .partialRecord(z.enum(PRINCIPAL_KINDS), oneOrMore)
    .transform((kinds): Principals => Object.fromEntries(Object.entries(kinds))),
]);

const conditions = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z.union([scalar, z.array(scalar)]).transform((value) => [value].flat()),
    ),
  )
  .transform((blocks) =>
    Object.entries(blocks).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]): Condition => ({ operator, key, values })),
    ),
  );

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: principals.optional(),
  NotPrincipal: principals.optional(),
  Action: oneOrMore.optional(),
  NotAction: oneOrMore.optional(),
  Resource: oneOrMore.optional(),
  NotResource: oneOrMore.optional(),
  Condition: conditions.default([]),
});

const policy = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z
    .union([statement, z.array(statement).min(1)])
    .transform((value): z.output<typeof statement>[] => [value].flat()),
});

/**
 * Reads a policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws PolicySyntaxError that says what is wrong
 */
export function parseResourcePolicy(text: string): ResourcePolicy {
  const parsed = policy.safeParse(parseJson(text));
  if (!parsed.success) throw new PolicySyntaxError(reasonOf(parsed.error));
  return { statements: parsed.data.Statement.map(toStatement) };
}

/** What is wrong with a policy, in words for a person. Services answer with codes of their own. */
export class PolicySyntaxError extends Error {}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PolicySyntaxError("Policies must be valid JSON and the first byte must be '{'", { cause });
  }
}

function toStatement(raw: z.output<typeof statement>): Statement {
  const { Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = raw;
  if (!isOneOf(Principal, NotPrincipal)) throw new PolicySyntaxError('Missing required field Principal');
  if (!isOneOf(Action, NotAction)) throw new PolicySyntaxError('Missing required field Action');
  if (!isOneOf(Resource, NotResource)) throw new PolicySyntaxError('Missing required field Resource');
  return {
    effect: raw.Effect,
    principals: Principal,
    notPrincipals: NotPrincipal,
    actions: Action,
    notActions: NotAction,
    resources: Resource,
    notResources: NotResource,
    conditions: raw.Condition,
  };
}

function isOneOf(one: unknown, other: unknown): boolean {
  return (one === undefined) !== (other === undefined);
}

function reasonOf({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.findLast((key) => typeof key === 'string');
  if (field === undefined) return 'This policy contains invalid Json';
  if (issue?.code === 'unrecognized_keys') return `Unknown field ${issue.keys.join(', ')}`;
  if (field === 'Version') return 'The policy must contain a valid version string';
  if (field === 'Principal' || field === 'NotPrincipal') return 'Invalid principal in policy';
  return `Missing or invalid field ${field}`;
}
