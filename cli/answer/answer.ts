import { NO_GUARD } from '../../shared/domain/check-guard.ts';
import type { Clock, ExecutionStore, GuardStore } from '../../shared/ports.ts';
import type { Answering, OpsItemView } from '../aws/ops-items.ts';
import { CliError } from '../cli-error.ts';
import { printable } from '../terminal.ts';
import { printJson, type Ui } from '../ui.ts';
import { type Answer, judge, type Subject } from './judge.ts';
import { type Change, changeAfter, type Wait } from './wait.ts';

export interface AnswerDeps {
  readonly opsItems: Answering;
  readonly executions: Pick<ExecutionStore, 'list' | 'listSharers'>;
  readonly guards: Pick<GuardStore, 'read'>;
  /** The region of an OpsItem that is not in Remediator's own. */
  readonly regionOf: (opsItemId: string) => Promise<string | undefined>;
  readonly clock: Clock;
  readonly ui: Ui;
  /** Calls back where the wait is interrupted, which ends the process. */
  readonly onInterrupt: (tell: () => void) => Disposable;
}

export interface AnswerInput {
  readonly answer: Answer;
  readonly opsItemId: string;
  readonly opsItemRegion?: string | undefined;
  /** Seconds; undefined: don't. */
  readonly wait?: number | undefined;
  readonly json?: boolean | undefined;
}

/** How many rows of a shared OpsItem are looked at. */
const SHARERS = 1000;

/**
 * Says a person's answer on an OpsItem, where it makes sense.
 * @returns the exit code
 * @throws CliError NO_OPSITEM, NOT_OURS, REFUSED
 */
export async function sayAnswer(deps: AnswerDeps, input: AnswerInput): Promise<number> {
  const { ui } = deps;
  const opsItem = await find(deps, input);
  const subject = await readSubject(deps, opsItem);
  const judged = judge(input.answer, subject);
  if ('refusal' in judged) throw refused(input, judged.refusal);
  await deps.opsItems.say(opsItem.id, opsItem.region, input.answer);
  if (!input.json) {
    ui.print(printable(`${input.answer} ${opsItem.id}: ${opsItem.title}`));
    ui.print(printable(judged.next));
  }
  const tell = (change?: Change): void => {
    const { id: opsItemId, region } = opsItem;
    const said = { answer: input.answer, opsItemId, region, next: judged.next };
    if (input.json) printJson(ui, { ...said, ...(change === undefined ? {} : { change }) });
    else if (change !== undefined) ui.print(printable(change.text));
  };
  if (input.wait === undefined) {
    tell();
    return 0;
  }
  const change = await waitFor(deps, tell, {
    answer: input.answer,
    before: subject,
    seconds: input.wait,
    look: async () => readSubject(deps, await find(deps, { ...input, opsItemRegion: opsItem.region })),
  });
  return change.happened ? 0 : 1;
}

/** Whatever ends the wait, it is told that the answer was said. */
async function waitFor(deps: AnswerDeps, tell: (change?: Change) => void, wait: Wait): Promise<Change> {
  using _ = deps.onInterrupt(() => {
    deps.ui.remark(STANDS);
    tell();
  });
  try {
    const change = await changeAfter(deps, wait);
    tell(change);
    return change;
  } catch (error) {
    deps.ui.remark(STANDS);
    tell();
    throw error;
  }
}

const STANDS = 'The answer was said, and stands; what comes of it was not waited for.';

async function find(
  deps: AnswerDeps,
  { opsItemId, opsItemRegion }: Pick<AnswerInput, 'opsItemId' | 'opsItemRegion'>,
): Promise<OpsItemView> {
  if (!/^oi-[0-9a-f]{12}$/.test(opsItemId))
    throw new CliError(
      'NO_OPSITEM',
      `${JSON.stringify(opsItemId)} is no OpsItem's ID, such as oi-0123456789ab: remediator ops-items list shows them`,
    );
  const found = await deps.opsItems.get(opsItemId, opsItemRegion);
  if (found) return ours(found);
  const region = opsItemRegion === undefined ? await deps.regionOf(opsItemId) : undefined;
  const elsewhere = region === undefined ? undefined : await deps.opsItems.get(opsItemId, region);
  if (elsewhere) return ours(elsewhere);
  throw new CliError(
    'NO_OPSITEM',
    region === undefined
      ? `There is no OpsItem ${opsItemId} here: remediator ops-items list shows those that there are; name another region with --ops-item-region`
      : `The OpsItem ${opsItemId} is in ${region} of an account that these credentials are not for: give the command a --profile there that may read Remediator's tables, or set its operational data "answer" there`,
  );
}

function ours(opsItem: OpsItemView): OpsItemView {
  if (opsItem.source === 'remediator') return opsItem;
  throw new CliError(
    'NOT_OURS',
    `The OpsItem ${opsItem.id} is not Remediator's (its source is ${JSON.stringify(opsItem.source)}): nobody would hear the answer`,
    { exitCode: 1 },
  );
}

async function readSubject(deps: AnswerDeps, opsItem: OpsItemView): Promise<Subject> {
  const { findingId, checkName, account = '' } = opsItem.data;
  const rows =
    findingId === undefined
      ? await deps.executions.listSharers(opsItem.id, SHARERS)
      : (await deps.executions.list(findingId)).filter(({ opsItemId }) => opsItemId === opsItem.id);
  const place = { account, region: opsItem.region };
  const { guard } = checkName === undefined ? { guard: NO_GUARD } : await deps.guards.read(checkName, place);
  return { opsItem, rows, guard };
}

function refused({ answer, opsItemId }: AnswerInput, why: string): CliError {
  return new CliError('REFUSED', `${answer} ${opsItemId}: ${why}. Nothing was said on it.`, { exitCode: 1 });
}
