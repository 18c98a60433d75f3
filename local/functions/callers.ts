import type { FunctionDefinition } from '../service-definition/service-definition.ts';

/** Who a request comes from, as its access key tells: a function acts as its role, everyone else as the laptop's user. */
export interface Callers {
  /** The access key that a function is given. */
  keyOf(functionName: string): string;
  /** The access key of the function whose session that is; undefined: somebody else's. */
  keyOfPrincipal(arn: string): string | undefined;
  /** Undefined: somebody else. */
  functionOf(accessKeyId: string): FunctionDefinition | undefined;
  /** ARN of the function's session, or of the laptop's user. */
  principalOf(accessKeyId: string): string;
}

interface Service {
  readonly functions: readonly FunctionDefinition[];
  readonly accountId: string;
}

export function createCallers({ functions, accountId }: Service): Callers {
  const keyOf = (functionName: string) => `FUNCTION-${functionName}`;
  const byKey = new Map(functions.map((each) => [keyOf(each.name), each]));
  const sessionOf = ({ roleArn, functionName }: FunctionDefinition) =>
    `arn:aws:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1)}/${functionName}`;
  const bySession = new Map(functions.map((each) => [sessionOf(each), keyOf(each.name)]));
  return {
    keyOf,
    keyOfPrincipal: (arn) => bySession.get(arn),
    functionOf: (accessKeyId) => byKey.get(accessKeyId),
    principalOf: (accessKeyId) => {
      const found = byKey.get(accessKeyId);
      return found ? sessionOf(found) : `arn:aws:iam::${accountId}:user/laptop`;
    },
  };
}
