import { RemediatorError } from '../../shared/domain/errors.ts';
import type { TrackedFinding } from '../../shared/domain/finding.ts';
import { isAllowed } from '../../shared/domain/lifecycle.ts';
import { attemptKey, attemptNumberOf, episodeOf, TAGS } from '../../shared/domain/remediation.ts';
import { answerOpsItem } from '../../shared/use-cases/answer-ops-item.ts';
import { MINUTE } from './fakes.ts';
import { Crash } from './fakes-faults.ts';
import { aWorld, type World } from './fakes-world.ts';
import { ACCOUNT, aRunbook, CHECK_NAME, GROUP_ARN, REGION, RUNBOOK } from './findings.ts';
import { leftOver, rulesBroken, yesTo } from './guards-rules.ts';
import type { AnEvent, Step } from './guards-steps.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const PERSON = 'arn:aws:iam::012345678901:user/responder';
const OURSELVES = 'arn:aws:sts::012345678901:assumed-role/remediator/results-handler';
const resource = (n: number) => `${GROUP_ARN}${n}`;

/** What varies in two parameters is started one by one. */
const parametersWith = (prefix: string) =>
  JSON.stringify({ GroupId: ['$resourceId'], IpAddressToBlock: [`${prefix}$resource`] });
const ROW = {
  automationParameters: parametersWith(''),
  rollbackDocument: 'Undo',
  rollbackParameters: JSON.stringify({ GroupId: ['$resourceId'] }),
  maxConcurrent: 2,
  maxPerHour: 3,
};

/** Remediator over fakes, to which anything may happen; and what must never come of it. */
export class GuardsModel {
  readonly world: World = aWorld(ROW);
  readonly broken: string[] = [];
  readonly #yes = new Set<string>();
  readonly #starts = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  /** Records and words that failed, in their order; and records that may come once more. */
  readonly #pending: { readonly key: string; readonly run: () => Promise<unknown> }[] = [];
  readonly #seen: TrackedFinding[] = [];
  #opsItems = new Map<string, string>();

  constructor() {
    const { runbooks, executions } = this.world;
    runbooks.documents.set('Undo', aRunbook({ name: 'Undo' }));
    const start = runbooks.start.bind(runbooks);
    runbooks.start = async (request) => {
      const before = runbooks.executions.length;
      const id = await start(request);
      if (runbooks.executions.length === before) return id;
      const known = { yes: this.#yes, starts: this.#starts, failures: this.#failures };
      this.broken.push(...rulesBroken(this.world, request, known));
      const key = `${request.tags[TAGS.findingId]} ${request.tags[TAGS.attempt]}`;
      if (request.document === RUNBOOK) this.#starts.set(key, this.world.clock.now().getTime());
      return id;
    };
    const set = executions.rows.set.bind(executions.rows);
    executions.rows.set = (key, row) => {
      const { state } = executions.rows.get(key) ?? row;
      if (state !== row.state && !isAllowed(state, row.state))
        this.broken.push(`Moved from ${state} to ${row.state}`);
      return set(key, row);
    };
  }

  /** @throws where a rule was broken, or something failed that was not told to */
  async take(step: Step): Promise<void> {
    await this.#take(step);
    await this.#echo();
    this.#check();
  }

  async #take(step: Step): Promise<unknown> {
    const { world } = this;
    switch (step.do) {
      case 'event':
        return Promise.all(await this.#track(step.events));
      case 'repeat': {
        const record = this.#seen[step.which % Math.max(1, this.#seen.length)];
        return record && this.#try(record.findingId, () => world.handle(record));
      }
      case 'redeliver':
        return this.#redeliver();
      case 'end':
        return this.#end(step);
      case 'say':
        return this.#say(step.which, step.answer);
      case 'resolve': {
        const opsItem = world.opsItems.all[step.which % Math.max(1, world.opsItems.all.length)];
        if (opsItem) opsItem.status = 'Resolved';
        return opsItem && this.#hear(opsItem.id, PERSON);
      }
      case 'plan':
        return world.mappings.put({
          ...world.mappings.rows.get(CHECK_NAME),
          automationParameters: parametersWith(step.prefix),
        });
      case 'map': {
        const { extra: _, ...row } = world.mappings.rows.get(CHECK_NAME) ?? {};
        const changed = Object.entries({ ...row, ...step.changes }).filter(
          ([, value]) => value !== undefined,
        );
        return world.mappings.put(Object.fromEntries(changed));
      }
      case 'default':
        return world.mappings.put({ checkName: '*', ...step.row });
      case 'except': {
        const now = Math.floor(world.clock.now().getTime() / 1000);
        const end = step.seconds === undefined ? {} : { expiresAt: now + step.seconds };
        return world.exceptions.rows.push({
          resource: resource(step.which),
          checkName: '*',
          owner: 'o',
          reason: 'r',
          ...end,
        });
      }
      case 'forget exceptions':
        return world.exceptions.rows.splice(0);
      case 'tag':
        return world.tags.byArn.set(resource(step.which), step.tags);
      case 'calendar':
        world.calendars.state = { open: step.open };
        return undefined;
      case 'throttle':
        world.runbooks.refusal = step.on ? new RemediatorError('START_THROTTLED', 'Later.') : undefined;
        return undefined;
      case 'fail':
        return step.answered
          ? world.faults.failOnce(step.method, new Crash(step.method))
          : world.faults.loseAnswerOnce(step.method, new Crash(step.method));
      case 'reconcile':
        return this.#reconcile();
      case 'wait':
        return world.clock.advance(step.seconds * 1000);
    }
  }

  /** Everything heals, everything is paused, everything ends: nothing may be left over, and nobody untold. */
  async settle(): Promise<void> {
    const { world } = this;
    world.faults.heal();
    world.runbooks.refusal = undefined;
    await this.#redeliver();
    world.mappings.put({ checkName: '*', executionMode: 'off' });
    for (const execution of world.runbooks.executions)
      if (execution.status === 'InProgress') execution.status = 'Success';
    for (let run = 1; run <= 8; run++) {
      world.clock.advance(6 * MINUTE);
      await this.#reconcile();
      await this.#echo();
    }
    this.broken.push(...leftOver(world));
    this.#check();
  }

  async #track(events: readonly AnEvent[]): Promise<Promise<unknown>[]> {
    const records: TrackedFinding[] = [];
    for (const { which, status, seconds } of events) {
      const observedAt = new Date(this.world.clock.now().getTime() + seconds * 1000);
      const record = await this.world.track({ resource: resource(which), status, observedAt });
      if (record) records.push(record);
    }
    this.#seen.push(...records);
    // One finding's records come one after the other; those of others at the same time.
    const byFinding = Map.groupBy(records, ({ findingId }) => findingId);
    return [...byFinding].map(async ([findingId, ofIt]) => {
      for (const record of ofIt) await this.#try(findingId, () => this.world.handle(record));
    });
  }

  /** What fails is tried again later, and what comes behind it waits for it. */
  async #try(key: string, run: () => Promise<unknown>): Promise<unknown> {
    if (this.#pending.some((each) => each.key === key)) return this.#pending.push({ key, run });
    try {
      return await run();
    } catch (error) {
      if (!isExpected(error)) throw error;
      return this.#pending.push({ key, run });
    }
  }

  async #redeliver(): Promise<void> {
    for (const { key, run } of this.#pending.splice(0)) await this.#try(key, run);
  }

  async #end({ which, status, told }: Extract<Step, { do: 'end' }>): Promise<void> {
    const going = this.world.runbooks.executions.filter((each) => each.status === 'InProgress');
    const execution = going[which % Math.max(1, going.length)];
    if (!execution) return;
    execution.status = status;
    const { [TAGS.findingId]: findingId, [TAGS.attempt]: attempt } = execution.tags;
    if (status === 'Failed' || status === 'TimedOut')
      this.#failures.set(`${findingId} ${attempt}`, this.world.clock.now().getTime());
    if (told !== 'lost') await this.#try(execution.id, () => this.world.close(execution));
    if (told === 'twice') await this.#try(execution.id, () => this.world.close(execution));
  }

  async #say(which: number, answer: string): Promise<unknown> {
    const open = this.world.opsItems.all.filter(({ status }) => status !== 'Resolved');
    const opsItem = open[which % Math.max(1, open.length)];
    if (!opsItem) return undefined;
    opsItem.data.answer = answer;
    this.#note(opsItem.data, answer);
    return this.#hear(opsItem.id, PERSON);
  }

  /** A person's yes is to the plan that the OpsItem shows, for the attempt that it names, or the one after it. */
  #note({ findingId, attempt, parameters }: Readonly<Record<string, string>>, answer: string): void {
    if (!findingId || !attempt || !parameters || !['approve', 'retry'].includes(answer)) return;
    const episode = episodeOf({ attempt });
    const next = attemptKey({ findingId, episode }, attemptNumberOf({ attempt }) + 1).attempt;
    for (const each of answer === 'retry' ? [attempt, next] : [attempt])
      this.#yes.add(yesTo(findingId, each, JSON.parse(parameters)));
  }

  #hear(opsItemId: string, by: string): Promise<unknown> {
    const status = this.world.opsItems.all.find(({ id }) => id === opsItemId)?.status ?? '';
    return this.#try(`${opsItemId} ${by}`, () =>
      answerOpsItem(this.world.deps, { ...PLACE, opsItemId, status, by }),
    );
  }

  /** Every change of an OpsItem is an event, our own too. */
  async #echo(): Promise<void> {
    for (let round = 1; round <= 3; round++) {
      const now = new Map(this.world.opsItems.all.map((each) => [each.id, JSON.stringify(each)]));
      const changed = [...now].filter(([id, text]) => this.#opsItems.get(id) !== text);
      this.#opsItems = now;
      for (const [id] of changed) await this.#hear(id, OURSELVES);
    }
  }

  async #reconcile(): Promise<void> {
    try {
      const { failures } = await this.world.reconcile();
      for (const failure of failures) if (!isExpected(failure)) throw failure;
    } catch (error) {
      if (!isExpected(error)) throw error;
    }
  }

  #check(): void {
    if (this.broken.length > 0) throw new Error(this.broken.join('\n'));
  }
}

function isExpected(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isExpected);
  return error instanceof Crash || (error instanceof RemediatorError && error.code === 'START_THROTTLED');
}
