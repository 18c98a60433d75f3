import { describe, expect, it } from 'vitest';
import { readingsIn } from '../../../../cli/explain/events-in.ts';
import { type Explained, explainFinding } from '../../../../cli/explain/explain-event.ts';
import { offlineWorld } from '../../../../cli/explain/offline.ts';
import { explainedJson, explainedLines } from '../../../../cli/explain/view.ts';
import type { Finding } from '../../../../shared/domain/finding.ts';
import { FakeClock } from '../../../helpers/fakes.ts';
import { aWorld, type World } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, aFinding, aMappingRow, CHECK_NAME, GROUP_ID } from '../../../helpers/findings.ts';

const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };

function offline(
  row: Record<string, unknown> | undefined,
  tags?: Record<string, string>,
): Promise<Explained> {
  const rows = new Map(row ? [[CHECK_NAME, row]] : []);
  return explainFinding(offlineWorld({ rows, tags, clock: new FakeClock() }), aFinding());
}

/** Over the stores of a world, as the live tables are asked. */
function live(world: World, changes: Partial<Finding> = {}): Promise<Explained> {
  const { checks, executions, deps } = world;
  const reads = { checks, executions, readingFor: async () => ({ deps, assumed: [] }) };
  return explainFinding(reads, aFinding(changes));
}

describe('explain from files', () => {
  it('goes all the way to what would be started', async () => {
    const explained = await offline(aMappingRow());
    expect(explained).toMatchObject({
      tracking: { written: true, finding: { episode: 1 } },
      attempt: '000001-001',
      explanation: { decision: { action: 'start', parameters: { GroupId: [GROUP_ID] } } },
    });
    const text = explainedLines(explained).join('\n');
    for (const step of ['source', 'finding', 'mapping', 'match', 'parameters', 'exemptTags', 'limits', '→'])
      expect(text).toContain(step);
  });

  it("holds parameters against those of the checkout's own documents", async () => {
    const explained = await offline(aMappingRow({ automationParameters: '{"GroupID":["$resourceId"]}' }));
    expect(explained.explanation?.decision.reason.code).toBe('RUNBOOK_PARAMETER_UNKNOWN');
    expect(explainedLines(explained).join('\n')).toContain('did you mean GroupId?');
  });

  it.each([
    ['its ID', 'EC2.19', { checkId: 'EC2.19' }],
    ['its name in one standard', 'PCI.EC2.3', { checkAliases: ['PCI.EC2.3'], checkId: 'EC2.19' }],
    ["its rule's plain name", 'required-tags', { checkName: 'securityhub-required-tags-l6dseq' }],
  ])('finds the row of a check under %s', async (_, name, names) => {
    const rows = new Map([[name, aMappingRow({ checkName: name })]]);
    const world = offlineWorld({ rows, tags: undefined, clock: new FakeClock() });
    const { explanation } = await explainFinding(world, aFinding(names));
    expect(explanation?.decision.action).toBe('start');
  });

  it('what it cannot know it assumes, and says so', async () => {
    const row = aMappingRow({
      ssmAutomationDocument: 'Somebody-ElsesRunbook',
      requiredTags: ['auto=yes'],
      changeCalendars: ['Freeze'],
    });
    const { assumed, explanation } = await offline(row);
    expect(explanation?.decision.action).toBe('start');
    const all = assumed.join('\n');
    for (const part of ['used up none', 'excepted', 'tags', 'Somebody-ElsesRunbook', 'calendars'])
      expect(all).toContain(part);
  });

  it('--tags in place of an assumption', async () => {
    const { assumed, explanation } = await offline(aMappingRow({ requiredTags: ['auto=yes'] }), {
      auto: 'no',
    });
    expect(explanation?.decision.reason.code).toBe('REQUIRED_TAG_MISSING');
    expect(assumed.join('\n')).not.toContain('tags');
  });

  it.each([
    [undefined, 'MAPPING_NOT_FOUND'],
    [aMappingRow({ maxAtempts: 1 }), 'MAPPING_ATTRIBUTE_UNKNOWN'],
    [aMappingRow({ automationParameters: '{' }), 'MAPPING_TEMPLATE_INVALID'],
    [aMappingRow({ ssmAutomationDocument: '../../etc/passwd' }), 'MAPPED'],
  ])('a mapping %#: %s', async (row, code) => {
    expect((await offline(row)).explanation?.decision.reason.code).toBe(code);
  });

  it('JSON has codes for errors, and no counters', async () => {
    const { decision, mapping } = JSON.parse(
      JSON.stringify(explainedJson(await offline(aMappingRow({ x: 1 })))),
    );
    expect(mapping).toMatchObject({ code: 'MAPPING_ATTRIBUTE_UNKNOWN', remedy: expect.any(String) });
    expect(decision).toMatchObject({ action: 'notify' });
    expect(decision).not.toHaveProperty('guard');
  });
});

describe('explain against what has happened', () => {
  it('writes nothing, and foretells what then happens', async () => {
    const world = aWorld({
      executionMode: 'approval',
      maxConcurrent: 1,
      stopAfter: { findings: 1, withinMinutes: 5 },
    });
    const foretold = await live(world);
    expect(world.checks.rows.size + world.remediations.length + world.guards.checks.size).toBe(0);
    expect(await world.pass()).toBe('asked');
    expect(foretold.explanation?.decision).toMatchObject({ reason: { code: world.remediation.reasonCode } });
  });

  it('an older event changes nothing', async () => {
    const world = aWorld();
    await world.pass(LATER);
    expect(await live(world)).toMatchObject({ tracking: { written: false }, instead: 'Nothing happens.' });
  });

  it('Green starts nothing', async () => {
    const green = await live(aWorld(), { status: 'Green' });
    expect(green.instead).toContain('Nothing is started');
    expect(explainedJson(green)).toMatchObject({
      tracking: { written: true, sentence: 'It is new.', findingId: expect.any(String), episode: 0 },
    });
  });

  it('what runs is left alone', async () => {
    const world = aWorld();
    await world.pass();
    expect((await live(world, LATER)).instead).toMatch(/000001-001 is Running\. MAPPED/);
  });

  it('still Red while Green is awaited', async () => {
    const world = aWorld({ resolveOn: 'verification', onStillRed: 'escalate' });
    await world.pass();
    await world.close(world.runbooks.finish('Success'));
    expect((await live(world, LATER)).instead).toContain('onStillRed is escalate');
  });

  it('what waits is decided anew, as the same attempt', async () => {
    const world = aWorld({ executionMode: 'approval' });
    await world.pass();
    world.mappings.put(aMappingRow({ executionMode: 'off' }));
    expect(await live(world, LATER)).toMatchObject({
      attempt: '000001-001',
      explanation: { decision: { reason: { code: 'MODE_OFF' } }, decidedBy: { name: 'executionMode off' } },
    });
  });
});

describe('events in a file', () => {
  const origin = { account: ACCOUNT, region: 'eu-west-1', now: new Date('2024-05-13T04:10:02Z') };
  const entry = {
    Source: 'aws.trustedadvisor',
    DetailType: 'Trusted Advisor Check Item Refresh Notification',
    Detail: JSON.stringify({
      'check-name': CHECK_NAME,
      status: 'ERROR',
      'check-item-detail': { Status: 'Red', Region: 'eu-west-1', Resource: 'sg-1' },
    }),
  };

  it('entries of PutEvents, and lists of lists', () => {
    const [first, second] = readingsIn([entry, [entry]], origin);
    expect(first?.label).toBe('Trusted Advisor Check Item Refresh Notification of aws.trustedadvisor');
    expect(first?.read()).toMatchObject({ checkName: CHECK_NAME, account: ACCOUNT, status: 'Red' });
    expect(second?.read()).toEqual(first?.read());
  });

  it('several records of SNS are several', () => {
    expect(
      readingsIn({ Records: [{ EventSource: 'aws:sns' }, { EventSource: 'aws:sns' }] }, origin),
    ).toHaveLength(2);
  });

  it.each([[null], ['text'], [1], [{}], [{ Source: 'x', DetailType: 'y', Detail: '{' }]])(
    '%j is no event, and says so when it is read',
    (content) => {
      const [only] = readingsIn(content, origin);
      expect(() => only?.read()).toThrow(expect.objectContaining({ code: 'EVENT_NOT_RECOGNISED' }));
    },
  );
});
