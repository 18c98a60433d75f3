import { RemediatorError } from '../../shared/domain/errors.ts';
import type { StartRequest } from '../../shared/ports.ts';
import { closeExecution } from '../../shared/use-cases/close-execution.ts';
import type { FakeExecution } from './fakes-systems-manager.ts';
import type { World } from './fakes-world.ts';

interface Quota {
  /** How long each execution, or child, runs. */
  readonly lastsMs: number;
  /** How many run at a time; others are pending. AWS: 100. */
  readonly concurrent: number;
}

/**
 * A world whose clock moves Systems Manager: it takes one start a second, runs so many executions at a time, and sends
 * an event for each end while others sleep. What it had to do is written down.
 */
export class Storm {
  /** Times of the starts that were taken. */
  readonly starts: number[] = [];
  throttled = 0;
  /** The most that ran, or were to run, at a time. */
  mostAtOnce = 0;
  /** Whose end is never told. */
  isLost: (execution: FakeExecution) => boolean = () => false;
  readonly #world: World;
  readonly #quota: Quota;
  readonly #running: { readonly execution: FakeExecution; readonly endsAt: number }[] = [];
  readonly #pending: FakeExecution[] = [];
  #known = 0;

  constructor(world: World, quota: Quota) {
    this.#world = world;
    this.#quota = quota;
    const { runbooks, clock } = world;
    const start = runbooks.start.bind(runbooks);
    runbooks.start = (request) => this.#start(request, start);
    clock.sleep = async (ms) => this.runUntil(clock.now().getTime() + ms);
  }

  /** Lets time go on, and what ends meanwhile end. */
  async runUntil(time: number): Promise<void> {
    const { clock, runbooks } = this.#world;
    for (let next = this.#running[0]; next && next.endsAt <= time; next = this.#running[0]) {
      this.#running.shift();
      clock.advance(Math.max(0, next.endsAt - clock.now().getTime()));
      runbooks.finish('Success', { id: next.execution.id });
      this.#takeUp();
      await this.#tell(next.execution);
      const parent = runbooks.executions.find(({ id }) => id === next?.execution.parentId);
      if (parent && parent.status !== 'InProgress') await this.#tell(parent);
    }
    clock.advance(Math.max(0, time - clock.now().getTime()));
  }

  async #start(request: StartRequest, start: (request: StartRequest) => Promise<string>): Promise<string> {
    const now = this.#world.clock.now().getTime();
    const last = this.starts.at(-1);
    if (last !== undefined && now - last < 1000) {
      this.throttled += 1;
      throw new RemediatorError('START_THROTTLED', 'ThrottlingException: Rate exceeded');
    }
    const id = await start(request);
    this.starts.push(now);
    const alone = this.#world.runbooks.executions.find((each) => each.id === id && !each.rateControl);
    if (alone) this.#pending.push(alone);
    this.#takeUp();
    return id;
  }

  /** Children that were started since, and what was pending, run as far as the quota goes. */
  #takeUp(): void {
    const { runbooks, clock } = this.#world;
    this.#pending.push(...runbooks.children.slice(this.#known));
    this.#known = runbooks.children.length;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running.length + this.#pending.length);
    while (this.#running.length < this.#quota.concurrent) {
      const execution = this.#pending.shift();
      if (execution === undefined) return;
      this.#running.push({ execution, endsAt: clock.now().getTime() + this.#quota.lastsMs });
    }
  }

  async #tell(execution: FakeExecution): Promise<void> {
    if (this.isLost(execution)) return;
    const { deps, clock } = this.#world;
    const { id, status, account, region } = execution;
    // Whoever is told sleeps beside the one whose sleep let the time go on.
    const elsewhere = { now: () => clock.now(), sleep: async () => {} };
    const end = { automationExecutionId: id, status, account, region };
    await closeExecution({ ...deps, clock: elsewhere }, end);
  }
}
