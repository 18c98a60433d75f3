import { type Finding, findingIdOf, type Status, type TrackedFinding } from '../../shared/domain/finding.ts';
import type { CheckStore } from '../../shared/ports.ts';
import { frozen } from './frozen.ts';

// In memory, and held to the adapter's contract by test/contract/stores/check-store.test.ts.

const BADNESS: Readonly<Record<Status, number>> = { Green: 0, Yellow: 1, Red: 2 };

const orderOf = ({ orderedAt, observedAt }: Finding) => (orderedAt ?? observedAt).getTime();

function isStale(finding: Finding, stored: Finding): boolean {
  const later =
    orderOf(finding) - orderOf(stored) || finding.observedAt.getTime() - stored.observedAt.getTime();
  return later < 0 || (later === 0 && BADNESS[finding.status] <= BADNESS[stored.status]);
}

export class FakeCheckStore implements CheckStore {
  readonly rows = new Map<string, TrackedFinding>();

  async track(finding: Finding): Promise<'written' | 'stale'> {
    const findingId = findingIdOf(finding);
    const stored = this.rows.get(findingId);
    if (stored && isStale(finding, stored)) return this.#approve(finding, stored);
    const begins = finding.status !== 'Green' && (stored === undefined || stored.status === 'Green');
    const { approval = stored?.approval, ...rest } = finding;
    const kept = approval && finding.status !== 'Green' ? { approval } : {};
    const episode = (stored?.episode ?? 0) + (begins ? 1 : 0);
    this.rows.set(findingId, frozen({ ...rest, ...kept, findingId, episode }));
    return 'written';
  }

  #approve({ approval, status }: Finding, stored: TrackedFinding): 'written' | 'stale' {
    if (!approval || status === 'Green' || stored.status === 'Green') return 'stale';
    const changedSince = orderOf(stored) > Date.parse(approval.at);
    if (changedSince || (stored.approval && stored.approval.at >= approval.at)) return 'stale';
    this.rows.set(stored.findingId, frozen({ ...stored, approval }));
    return 'written';
  }

  async get(findingId: string): Promise<TrackedFinding | undefined> {
    return this.rows.get(findingId);
  }
}
