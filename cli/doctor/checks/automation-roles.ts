import { type Check, countOf, fail, fewAtATime, orPass, type Result, skip } from '../check.ts';
import { iamOf } from '../clients.ts';
import { findRole, roleIn, trusts } from '../iam.ts';
import { readMappingRows } from '../read-rows.ts';
import { type RoleUse, roleUsesOf } from '../runbook-roles.ts';

/** The roles that mappings give their runbooks. */
export const automationRoles: Check = {
  id: 'automation-roles',
  group: 'Roles and runbooks',
  title: 'roles of the runbooks',
  async run(deps) {
    if (deps.isLaptop) return [skip("the laptop's cloud asks for no permission")];
    const { good } = await readMappingRows(deps);
    const { accountId: account } = deps.stack;
    const uses = roleUsesOf(good);
    if (uses.length === 0) return [skip('no mapping gives a runbook a role')];
    const iam = await iamOf(deps.aws);
    const byArn = Map.groupBy(uses, ({ arn }) => arn);
    const wrong = await fewAtATime([...byArn], async ([arn, some]): Promise<readonly Result[]> => {
      const where = roleIn(arn);
      if (where === undefined) return [fail(`${usersOf(some)}: ${arn} is no role's ARN`, 'mend the mapping')];
      // Roles there are not ours to read.
      if (where.account !== account) return [];
      const role = await findRole(iam, where.name);
      if (role === undefined || role.Arn !== arn)
        return [fail(`${usersOf(some)}: there is no role ${arn}`, 'create it, or mend the mapping')];
      if (trusts(role, 'ssm.amazonaws.com')) return [];
      return [
        fail(
          `${usersOf(some)}: ${arn} does not let ssm.amazonaws.com assume it`,
          'let its trust policy allow it; see resources/runbook-roles.yml for what it looks like',
        ),
      ];
    });
    return orPass(wrong.flat(), `${countOf(byArn.size, 'role')} can be assumed by Systems Manager`);
  },
};

function usersOf(uses: readonly RoleUse[]): string {
  const names = [...new Set(uses.map(({ checkName }) => checkName))];
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
}
