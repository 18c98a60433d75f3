import { describe, expect, it } from 'vitest';
import type { OpsItemChanges } from '../../../../shared/ports.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const BY = 'arn:aws:iam::012345678901:user/responder';
const HOUR = 60 * MINUTE;

/** A person changes the OpsItem on which they are asked, and no event tells of it. */
async function changed(changes: Omit<OpsItemChanges, 'account' | 'region'>): Promise<World> {
  const world = aWorld({ executionMode: 'approval', approveWithinHours: 2 });
  await world.pass();
  await world.opsItems.update(world.remediation.opsItemId ?? '', { ...PLACE, ...changes });
  world.opsItems.changedBy = BY;
  return world;
}

describe('an answer whose event is lost', () => {
  it.each([
    ['approve', { state: 'Running', approval: { by: BY } }],
    ['reject', { state: 'Rejected', reasonCode: 'REJECTED' }],
  ])('"%s" is found within half an hour', async (answer, expected) => {
    const world = await changed({ data: { plain: { answer } } });
    world.clock.advance(HOUR / 2);
    expect(await world.reconcile()).toMatchObject({ failures: [] });
    expect(world.remediation).toMatchObject(expected);
    expect(world.opsItems.all[0]?.data.answer).toMatch(`${answer}: `);
  });

  it("is a person's Resolved, too: nothing is started, and nothing expires", async () => {
    const world = await changed({ status: 'Resolved', data: {} });
    world.clock.advance(HOUR / 2);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Resolved', reasonCode: 'PERSON_RESOLVED' });
  });

  it('is none where it cannot be understood: the time to answer goes on, and ends', async () => {
    const world = await changed({ data: { plain: { answer: 'maybe' } } });
    for (let turn = 1; turn <= 3; turn += 1) {
      world.clock.advance(HOUR / 2);
      await world.reconcile();
      expect(world.states).toEqual(['AwaitingApproval']);
    }
    world.clock.advance(HOUR / 2);
    await world.reconcile();
    expect(world.remediation).toMatchObject({ state: 'Rejected', reasonCode: 'APPROVAL_EXPIRED' });
  });
});
