import { createExceptionStore } from '../../../shared/aws/exception-store.ts';
import { endOf } from '../../../shared/domain/exception.ts';
import { type Check, countOf, pass } from '../check.ts';

/** Resources that are left alone. */
export const exceptions: Check = {
  id: 'exceptions',
  group: 'Configuration',
  title: 'exceptions',
  async run({ aws, tables, clock }) {
    const now = clock.now();
    const store = createExceptionStore({
      client: await aws.dynamoDb(),
      tableName: tables.remediationExceptionTable,
      clock: { now: () => now, sleep: () => Promise.resolve() },
    });
    const all = await store.list();
    const ended = all.filter((each) => endOf(each) <= now.getTime()).length;
    const gone = ended === 0 ? '' : `, ${ended} of them ended (DynamoDB deletes those within days)`;
    return [pass(`${countOf(all.length, 'exception')}${gone}`)];
  },
};
