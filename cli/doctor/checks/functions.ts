import {
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  type LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import type { FunctionDefinition } from '../../../local/service-definition/service-definition.ts';
import { type Check, type DoctorDeps, fail, fewAtATime, orPass, type Result } from '../check.ts';
import { lambdaOf } from '../clients.ts';
import { tableNameOf } from '../table-names.ts';

const DEPLOY = 'deploy the stack again (npx osls deploy)';

/** Functions that are there, can run, and use the tables that are looked at here. */
export const functions: Check = {
  id: 'functions',
  group: 'Functions',
  title: 'functions are there, and can run',
  async run(deps) {
    const client = await lambdaOf(deps.aws);
    const wrong = await fewAtATime(deps.stack.functions, async (fn) =>
      look(fn, await describe(client, fn), deps),
    );
    return orPass(wrong.flat(), `${deps.stack.functions.length} functions are active`);
  },
};

async function describe(
  client: LambdaClient,
  { functionName }: FunctionDefinition,
): Promise<GetFunctionCommandOutput | undefined> {
  try {
    return await client.send(new GetFunctionCommand({ FunctionName: functionName }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function look(
  { functionName }: FunctionDefinition,
  described: GetFunctionCommandOutput | undefined,
  deps: DoctorDeps,
): readonly Result[] {
  if (described === undefined)
    return [
      fail(
        `there is no function ${functionName}`,
        `${DEPLOY}, or name another --region, --stage or --service`,
      ),
    ];
  const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason, Environment } =
    described.Configuration ?? {};
  const reserved = described.Concurrency?.ReservedConcurrentExecutions;
  return [
    // Inactive: nobody called it for long, and the next call wakes it.
    ...(State === undefined || State === 'Active' || State === 'Inactive'
      ? []
      : [fail(`${functionName} is ${State}${because(StateReason)}`, DEPLOY)]),
    ...(LastUpdateStatus === 'Failed'
      ? [fail(`the last update of ${functionName} failed${because(LastUpdateStatusReason)}`, DEPLOY)]
      : []),
    ...(reserved === 0
      ? [
          fail(
            `${functionName} has a reserved concurrency of 0: it never runs`,
            `aws lambda delete-function-concurrency --function-name ${functionName}`,
          ),
        ]
      : []),
    ...otherTables(functionName, Environment?.Variables ?? {}, deps),
  ];
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

/** To look at other tables than the functions use would say nothing about them. */
function otherTables(
  functionName: string,
  variables: Readonly<Record<string, string>>,
  deps: DoctorDeps,
): readonly Result[] {
  return deps.stack.tables.flatMap(({ logicalId }) => {
    const variable = logicalId.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
    const used = variables[variable];
    const looked = tableNameOf(deps, logicalId);
    if (used === undefined || used === looked) return [];
    const option = `--${variable.toLowerCase().replaceAll('_', '-')} ${used}`;
    return [fail(`${functionName} uses the table ${used}, and ${looked} is looked at here`, `say ${option}`)];
  });
}
