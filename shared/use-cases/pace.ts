import { RemediatorError } from '../domain/errors.ts';
import type { Clock, GuardStore, Place, Runbooks, StartRequest } from '../ports.ts';

/** StartAutomationExecution takes one call a second in each account and region. */
const START_EVERY_MS = 1_100;
/** So long after a start of ours others ask for none: the next of ours is near. */
const RESERVED_MS = 3_000;
const THROTTLED_MS = 30_000;
/** How often one start is tried where Systems Manager takes no more. */
const TRIES = 3;

interface PacedDeps {
  readonly runbooks: Runbooks;
  readonly guards: GuardStore;
  readonly clock: Clock;
}

export interface Pace<Deps> {
  /** The same, with one start after the other in each account and region, whoever asks for them. */
  readonly deps: Deps;
  /** Whether there is time for another start, and Systems Manager takes more. */
  isOpen(place: Place): boolean;
}

/**
 * Paces starts. Whoever paces goes ahead where others were told to wait: it is what they wait for. What is over the
 * time, and what Systems Manager does not take, is refused as START_THROTTLED, which puts a row off.
 */
export function pace<Deps extends PacedDeps>(deps: Deps, until: Date): Pace<Deps> {
  const { runbooks, guards, clock } = deps;
  const lanes = new Map<string, Lane>();
  const laneOf = (place: Place) => {
    const key = `${place.account} ${place.region}`;
    const lane = lanes.get(key) ?? { last: Promise.resolve(), starts: 0, startedAt: 0, isClosed: false };
    lanes.set(key, lane);
    return lane;
  };
  const isOpen = (place: Place) => !laneOf(place).isClosed && clock.now() < until;

  const start = async (request: StartRequest): Promise<string> => {
    const lane = laneOf(request);
    for (let tried = 1; ; tried++) {
      if (!isOpen(request)) throw noRoom();
      const wait = lane.startedAt + START_EVERY_MS - clock.now().getTime();
      if (wait > 0) await clock.sleep(wait);
      lane.startedAt = clock.now().getTime();
      lane.starts += 1;
      if (lane.starts > 1) await guards.throttle(request, new Date(lane.startedAt + RESERVED_MS));
      try {
        return await runbooks.start(request);
      } catch (error) {
        if (!(error instanceof RemediatorError) || error.code !== 'START_THROTTLED') throw error;
        await guards.throttle(request, new Date(clock.now().getTime() + THROTTLED_MS));
        lane.isClosed = tried >= TRIES;
        if (lane.isClosed) throw error;
      }
    }
  };

  const paced: PacedDeps = {
    clock,
    runbooks: {
      describe: (name, place) => runbooks.describe(name, place),
      findByTagKey: (tagKey, place) => runbooks.findByTagKey(tagKey, place),
      get: (id, place) => runbooks.get(id, place),
      tagsOf: (id, place) => runbooks.tagsOf(id, place),
      childrenOf: (id, place) => runbooks.childrenOf(id, place),
      start(request) {
        const lane = laneOf(request);
        const started = lane.last.then(() => start(request));
        lane.last = started.then(nothing, nothing);
        return started;
      },
    },
    guards: {
      read: async (checkName, place) => ({ guard: (await guards.read(checkName, place)).guard }),
      write: (checkName, guard) => guards.write(checkName, guard),
      throttle: (place, at) => guards.throttle(place, at),
      takeOpsItem: (place) => guards.takeOpsItem(place),
    },
  };
  return { deps: { ...deps, ...paced }, isOpen };
}

interface Lane {
  /** Settles when the start before has been made, or refused. */
  last: Promise<void>;
  starts: number;
  startedAt: number;
  isClosed: boolean;
}

function noRoom(): RemediatorError {
  return new RemediatorError('START_THROTTLED', 'No time was left for another start in this minute.');
}

function nothing(): void {}
