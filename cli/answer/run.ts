import { systemClock } from '../../shared/aws/clock.ts';
import { createExecutionStore } from '../../shared/aws/execution-store.ts';
import { createGuardStore } from '../../shared/aws/guard-store.ts';
import { soundly } from '../aws/attempts.ts';
import { withAws } from '../aws/open-aws.ts';
import { createAnswering } from '../aws/ops-items.ts';
import { scan } from '../aws/scan.ts';
import { openUi } from '../ui.ts';
import { sayAnswer } from './answer.ts';
import type { AnswerOptions } from './command.ts';
import type { Answer } from './judge.ts';

const DEFAULT_WAIT_S = 120;

/** Wires an answer to AWS. @returns the exit code */
export function run(answer: Answer, opsItemId: string, options: AnswerOptions): Promise<number> {
  return withAws(options, async (aws) => {
    const client = await aws.dynamoDb();
    const { automationExecutionTrackerTable: tableName, remediationGuardTable } = options;
    const clock = systemClock;
    const deps = {
      opsItems: createAnswering(aws.ssm),
      // Read only: a row's claim, which needs the other tables, is the functions' affair.
      executions: soundly(
        createExecutionStore({ client, tableName, checkTrackerTable: '', guardTable: '', clock }),
      ),
      guards: createGuardStore({
        client,
        tableName: remediationGuardTable,
        clock,
        opsItemBudget: 0,
        toldIn: async (place) => place,
      }),
      regionOf: async (id: string) => {
        const filters = [{ attribute: 'opsItemId', is: 'equal', value: id } as const];
        const { items } = await scan(client, { tableName, key: ['findingId', 'attempt'], filters, limit: 1 });
        return items[0]?.region?.S;
      },
      clock,
      ui: openUi(),
      onInterrupt: endingAt,
    };
    const { opsItemRegion, wait, json } = options;
    const seconds = wait === true ? DEFAULT_WAIT_S : wait;
    return sayAnswer(deps, { answer, opsItemId, opsItemRegion, wait: seconds, json });
  });
}

/** As a shell tells the end by a signal: https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html */
const INTERRUPTED = 130;

function endingAt(tell: () => void): Disposable {
  const end = () => {
    tell();
    process.exit(INTERRUPTED);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, end);
  return {
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, end);
    },
  };
}
