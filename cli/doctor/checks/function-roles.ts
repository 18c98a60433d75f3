import { GetFunctionConfigurationCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { type Check, fail, fewAtATime, orPass, type Result, skip } from '../check.ts';
import { iamOf, lambdaOf } from '../clients.ts';
import { findRole, roleIn, trusts } from '../iam.ts';

/** The roles that functions act under. */
export const functionRoles: Check = {
  id: 'function-roles',
  group: 'Roles and runbooks',
  title: 'roles of the functions',
  async run({ aws, stack, isLaptop }) {
    if (isLaptop) return [skip("the laptop's cloud asks for no permission")];
    const lambda = await lambdaOf(aws);
    const iam = await iamOf(aws);
    const look = async (FunctionName: string): Promise<readonly Result[]> => {
      const arn = await roleOf(lambda, FunctionName);
      // That the function is missing, another check says.
      if (arn === undefined) return [];
      const role = await findRole(iam, roleIn(arn)?.name ?? arn);
      const remedy = 'deploy the stack again (npx osls deploy)';
      if (role === undefined)
        return [fail(`${FunctionName} has the role ${arn}, which does not exist`, remedy)];
      if (trusts(role, 'lambda.amazonaws.com')) return [];
      return [fail(`${arn} does not let lambda.amazonaws.com assume it`, remedy)];
    };
    const wrong = await fewAtATime(
      stack.functions.map(({ functionName }) => functionName),
      look,
    );
    return orPass(wrong.flat(), `${stack.functions.length} roles exist, and are Lambda's to assume`);
  },
};

async function roleOf(
  lambda: Awaited<ReturnType<typeof lambdaOf>>,
  FunctionName: string,
): Promise<string | undefined> {
  try {
    return (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Role;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
