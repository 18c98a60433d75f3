import { describe, expect, it } from 'vitest';
import { type AnswerInput, sayAnswer } from '../../../../cli/answer/answer.ts';
import type { OpsItemView } from '../../../../cli/aws/ops-items.ts';
import { answerOpsItem } from '../../../../shared/use-cases/answer-ops-item.ts';
import { FakeUi } from '../../../helpers/fakes-cli.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const ID = 'oi-000000000001';

interface Setting {
  readonly source?: string;
  /** The region of Remediator. */
  readonly home?: string;
  /** Whether the function hears the answer. */
  readonly hears?: boolean;
  /** The wait is interrupted, or what is looked at fails, once the answer was said. */
  readonly ends?: 'interrupted' | 'failed';
  /** What happens just before the answer is said. */
  readonly meanwhile?: () => Promise<unknown>;
}

const GREEN = { status: 'Green', observedAt: new Date('2024-05-13T05:00:00Z') } as const;

/** The command over a world: what is said on the OpsItem is heard, as the OpsItem's event would bring it. */
function over(
  world: World,
  { source = 'remediator', home = REGION, hears = true, ends, meanwhile }: Setting = {},
) {
  const ui = new FakeUi();
  const asked: (string | undefined)[] = [];
  let said = false;
  const view = async (id: string, region = home): Promise<OpsItemView | undefined> => {
    asked.push(region);
    if (ends === 'failed' && said) throw new Error('lost');
    const found = world.opsItems.all.find((each) => each.id === id && each.region === region);
    return found && { ...found, source, data: { ...found.data } };
  };
  const deps = {
    opsItems: {
      get: view,
      say: async (opsItemId: string, region: string, answer: string) => {
        await meanwhile?.();
        said = true;
        await world.opsItems.update(opsItemId, { account: ACCOUNT, region, data: { plain: { answer } } });
        const word = { opsItemId, account: ACCOUNT, region, status: 'Open', by: 'alice' };
        if (hears) await answerOpsItem(world.deps, word);
      },
    },
    executions: world.executions,
    guards: world.guards,
    regionOf: async () => world.remediations[0]?.region,
    clock: world.clock,
    ui,
    onInterrupt: (tell: () => void) => {
      if (ends === 'interrupted') tell();
      return { [Symbol.dispose]: () => undefined };
    },
  };
  return { ui, asked, say: (input: Partial<AnswerInput>) => sayAnswer(deps, { ...APPROVE, ...input }) };
}

const APPROVE: AnswerInput = { answer: 'approve', opsItemId: ID };

async function awaiting(): Promise<World> {
  const world = aWorld({ executionMode: 'approval' });
  await world.pass();
  return world;
}

describe('an answer', () => {
  it('is said on the OpsItem, and what comes next is told', async () => {
    const world = await awaiting();
    const { ui, say } = over(world);
    expect(await say({})).toBe(0);
    expect(world.states).toEqual(['Running']);
    expect(world.remediation.approval).toMatchObject({ by: 'alice' });
    expect(ui.printed.join('\n')).toMatch(/approve oi-000000000001: .*\n.* is started with \{"GroupId"/);
  });

  it('--wait: tells what came of it', async () => {
    const { ui, say } = over(await awaiting());
    expect(await say({ wait: 10 })).toBe(0);
    expect(ui.printed.at(-1)).toMatch(/^000001-001 is Running\./);
  });

  it.each([true, false])(
    '--wait: the endpoint is lost: says that the answer stands (JSON: %s)',
    async (json) => {
      const { ui, say } = over(await awaiting(), { ends: 'failed' });
      await expect(say({ wait: 10, json })).rejects.toThrow('lost');
      expect(ui.remarks.join('')).toContain('The answer was said, and stands');
      if (json) expect(ui.json).toMatchObject({ answer: 'approve', opsItemId: ID });
    },
  );

  it('--wait: Ctrl-C: says that the answer stands', async () => {
    const { ui, say } = over(await awaiting(), { ends: 'interrupted' });
    await say({ wait: 10, json: true });
    expect(ui.remarks.join('')).toContain('The answer was said, and stands');
    expect(JSON.parse(ui.printed[0] ?? '')).toMatchObject({ answer: 'approve', opsItemId: ID });
  });

  it('--wait: nobody hears it: says so when the time is over, with exit code 1', async () => {
    const world = await awaiting();
    const before = world.clock.now().getTime();
    const { ui, say } = over(world, { hears: false });
    expect(await say({ wait: 10, json: true })).toBe(1);
    expect(world.clock.now().getTime() - before).toBe(10_000);
    expect(ui.json).toMatchObject({
      answer: 'approve',
      region: REGION,
      change: { happened: false, rows: [{ state: 'AwaitingApproval' }] },
    });
  });

  it('--wait after undo: why it cannot be done is told, with exit code 1', async () => {
    const world = aWorld({
      rollbackDocument: 'Undo',
      rollbackParameters: '{"GroupId":["$outputs.No.Such"]}',
    });
    await world.pass();
    await world.close(world.runbooks.finish('Failed'));
    const { ui, say } = over(world);
    expect(await say({ answer: 'undo', wait: 5 })).toBe(1);
    expect(ui.printed.at(-1)).toMatch(/^PLACEHOLDER_UNKNOWN/);
  });

  it('--wait after undo: tells of the rollback', async () => {
    const world = aWorld({ rollbackDocument: 'Undo', rollbackParameters: '{"GroupId":["$resourceId"]}' });
    await world.pass();
    await world.close(world.runbooks.finish('Failed'));
    const { ui, say } = over(world);
    expect(await say({ answer: 'undo', wait: 5 })).toBe(0);
    expect(ui.printed.at(-1)).toMatch(/^Undo was started by alice/);
  });

  it('--wait after resume: tells that it was heard', async () => {
    const world = aWorld({ maxAttempts: 1, failureBreaker: { failures: 1, withinMinutes: 60 } });
    await world.pass();
    await world.close(world.runbooks.finish('Failed'));
    const { ui, say } = over(world);
    expect(await say({ answer: 'resume', wait: 5 })).toBe(0);
    expect(ui.printed.at(-1)).toBe('It was heard: resumed.');
  });

  it('--wait: what moved on between look and answer is told, with exit code 1', async () => {
    const world = await awaiting();
    const { ui, say } = over(world, { meanwhile: () => world.pass({ ...GREEN }) });
    expect(await say({ wait: 5 })).toBe(1);
    expect(ui.printed.at(-1)).toContain('is Resolved (FINDING_GREEN)');
    expect(world.runbooks.executions).toEqual([]);
  });

  it('that makes no sense is refused, and nothing is said on the OpsItem', async () => {
    const world = await awaiting();
    const { say } = over(world);
    await expect(say({ answer: 'undo' })).rejects.toMatchObject({ code: 'REFUSED', exitCode: 1 });
    expect(world.opsItems.all[0]?.data.answer).toBeUndefined();
  });

  it("on somebody else's OpsItem is refused", async () => {
    const world = await awaiting();
    await expect(over(world, { source: 'EC2' }).say({})).rejects.toMatchObject({ code: 'NOT_OURS' });
    expect(world.states).toEqual(['AwaitingApproval']);
  });

  it.each(['oi-1', 'x', 'arn:aws:ssm:…'])('%s is no ID of an OpsItem', async (opsItemId) => {
    await expect(over(await awaiting()).say({ opsItemId })).rejects.toMatchObject({ code: 'NO_OPSITEM' });
  });

  it('an OpsItem that is in no region is an error', async () => {
    const { say } = over(aWorld());
    await expect(say({})).rejects.toMatchObject({
      code: 'NO_OPSITEM',
      message: expect.stringContaining('ops-items list'),
    });
  });

  it('finds the OpsItem in the region of its finding', async () => {
    const world = await awaiting();
    const { say, asked } = over(world, { home: 'us-east-1' });
    expect(await say({})).toBe(0);
    expect(asked).toEqual(['us-east-1', REGION]);
  });

  it('goes where --ops-item-region says, and nowhere else', async () => {
    const world = await awaiting();
    const { say, asked } = over(world, { home: 'us-east-1' });
    await expect(say({ opsItemRegion: 'eu-west-1' })).rejects.toMatchObject({ code: 'NO_OPSITEM' });
    expect(asked).toEqual(['eu-west-1']);
  });
});
