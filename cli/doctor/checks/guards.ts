import { unmarshall } from '@aws-sdk/util-dynamodb';
import { scan } from '../../aws/scan.ts';
import { objectIn, textIn } from '../../dlq/letter.ts';
import { type Check, type DoctorDeps, orPass, type Result, warn } from '../check.ts';

/** Breakers that stopped a check. */
export const guards: Check = {
  id: 'breakers',
  group: 'Configuration',
  title: 'storm and failure breakers',
  async run(deps) {
    const rows = await readGuards(deps, 'check#');
    const wrong = rows.flatMap((row): readonly Result[] => {
      const check = textIn(row.checkName) ?? String(row.guardId).slice('check#'.length);
      const storm = textIn(objectIn(row.storm).openedAt);
      const breaker = textIn(objectIn(row.breaker).openedAt);
      return [
        ...(storm === undefined
          ? []
          : [
              warn(
                `${check}: stopped as a storm since ${storm}`,
                'look at what its findings have in common; remediator resume OPSITEM',
              ),
            ]),
        ...(breaker === undefined
          ? []
          : [
              warn(
                `${check}: its failure breaker is open since ${breaker}`,
                'mend the cause; one is tried now and then, or remediator resume OPSITEM',
              ),
            ]),
      ];
    });
    return orPass(wrong, 'no breaker is open');
  },
};

/** How many OpsItems were opened this month. https://docs.aws.amazon.com/general/latest/gr/ssm.html */
export const opsItems: Check = {
  id: 'ops-items',
  group: 'Quotas',
  title: 'OpsItems of this month',
  async run(deps) {
    const rows = await readGuards(deps, 'ops-items#');
    const month = deps.clock.now().toISOString().slice(0, 7);
    const budget = budgetOf(deps);
    const counted = rows.flatMap(({ guardId, count }) => {
      const [, account = '', of] = String(guardId).split('#');
      return of === month ? [{ account, count: Number(count) }] : [];
    });
    const wrong = counted.flatMap(({ account, count }) => {
      if (count < budget * 0.8) return [];
      const text = `${count} of ${budget} OpsItems of ${month} are opened in ${account}`;
      return [
        warn(
          count < budget ? text : `${text}: findings share one until the month ends`,
          'let mappings that only tell people share one (opsItem.per: check), or mend what brings so many',
        ),
      ];
    });
    const most = Math.max(0, ...counted.map(({ count }) => count));
    return orPass(wrong, `${most} of ${budget} are opened`);
  },
};

/** serverless.yml's, as the functions are told. */
function budgetOf({ stack }: DoctorDeps): number {
  const [text] = stack.functions.flatMap(({ environment }) => environment.OPS_ITEM_BUDGET ?? []);
  return Number(text ?? 9000);
}

async function readGuards(
  { aws, tables }: DoctorDeps,
  prefix: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { items } = await scan(await aws.dynamoDb(), {
    tableName: tables.remediationGuardTable,
    key: ['guardId'],
    filters: [{ attribute: 'guardId', is: 'beginning', value: prefix }],
    limit: 10_000,
  });
  return items.map((item) => unmarshall(item));
}
