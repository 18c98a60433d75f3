import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { type Check, countOf, fail, fewAtATime, orPass, type Result, skip } from '../check.ts';
import { iamOf, lambdaOf } from '../clients.ts';
import { roleIn } from '../iam.ts';
import { readMappingRows } from '../read-rows.ts';
import { roleUsesOf } from '../runbook-roles.ts';

/** Whether the function that starts runbooks may pass them their roles. */
export const passRole: Check = {
  id: 'pass-role',
  group: 'Roles and runbooks',
  title: 'roles may be passed to Systems Manager',
  async run(deps) {
    if (deps.isLaptop) return [skip("the laptop's cloud asks for no permission")];
    const { good } = await readMappingRows(deps);
    const { accountId: account, functions } = deps.stack;
    const arns = [...new Set(roleUsesOf(good).map(({ arn }) => arn))];
    const own = arns.filter((arn) => roleIn(arn)?.account === account);
    const starter = functions.find(({ name }) => name === 'results-handler');
    if (own.length === 0 || starter === undefined)
      return [skip('no mapping gives a runbook a role of this account')];
    const lambda = await lambdaOf(deps.aws);
    const { Role } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: starter.functionName }),
    );
    const iam = await iamOf(deps.aws);
    const wrong = await fewAtATime(own, async (arn): Promise<readonly Result[]> => {
      const { EvaluationResults = [] } = await iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: Role,
          ActionNames: ['iam:PassRole'],
          ResourceArns: [arn],
          ContextEntries: [
            {
              ContextKeyName: 'iam:PassedToService',
              ContextKeyValues: ['ssm.amazonaws.com'],
              ContextKeyType: 'string',
            },
          ],
        }),
      );
      const [decision] = EvaluationResults.map(({ EvalDecision }) => EvalDecision);
      if (decision === 'allowed') return [];
      return [
        fail(
          `${starter.functionName} may not pass ${arn} (${decision ?? 'no decision'})`,
          'functions can pass the roles under automationRolePath alone: make the role there, or deploy with another path',
        ),
      ];
    });
    return orPass(wrong.flat(), `${countOf(own.length, 'role')} may be passed`);
  },
};
