import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { awsError } from '../../../helpers/fakes-systems-manager.ts';
import { aWorld, aWorldWithoutMapping, type World } from '../../../helpers/fakes-world.ts';
import { aMappingRow, aRunbook, GROUP_ARN, GROUP_ID, ROLE_ARN, RUNBOOK } from '../../../helpers/findings.ts';

const LATER = { observedAt: new Date('2024-05-13T05:00:00Z') };
const LATER_STILL = { observedAt: new Date('2024-05-13T06:00:00Z') };

describe('nothing to start', () => {
  it('no mapping: an OpsItem that says so, once', async () => {
    const world = aWorldWithoutMapping();
    expect(await world.pass()).toBe('escalated');
    expect(await world.pass(LATER)).toBe('unchanged');
    expect(world.opsItems.all).toMatchObject([{ status: 'Open', data: { reason: 'MAPPING_NOT_FOUND' } }]);
    expect(world.remediation).toMatchObject({ state: 'Escalated', opsItemId: world.opsItems.all[0]?.id });
    expect(world.remediation.nextActionAt).toBeUndefined();
  });

  it.each([
    ['switched off', { automationStatus: false }, 'MAPPING_DISABLED'],
    ['an unknown attribute', { maxResources: 1 }, 'MAPPING_ATTRIBUTE_UNKNOWN'],
    ['a broken row', { automationStatus: 'yes' }, 'MAPPING_INVALID'],
    ['a bad regex', { regexPattern: '(' }, 'MAPPING_REGEX_INVALID'],
    ['a template that is not JSON', { automationParameters: 'x' }, 'MAPPING_TEMPLATE_INVALID'],
    ['no such runbook', { ssmAutomationDocument: 'AWS-Nope' }, 'RUNBOOK_NOT_FOUND'],
    ['a tag that the resource lacks', { requiredTags: ['a=b'] }, 'REQUIRED_TAG_MISSING'],
  ])('%s: nothing starts, the OpsItem says %s', async (_, row, code) => {
    const world = aWorld(row);
    expect(await world.pass()).toBe('escalated');
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toMatchObject([
      { data: { reason: code, decision: expect.stringContaining('What to do:') } },
    ]);
  });

  it('the row * switches everything off', async () => {
    const world = aWorld();
    world.mappings.put({ checkName: '*', automationStatus: false });
    expect(await world.pass()).toBe('escalated');
    expect(world.opsItems.all).toMatchObject([{ data: { reason: 'MAPPING_DISABLED' } }]);
  });

  it('tags that cannot be asked for are not "opted in", and the finding is not lost', async () => {
    const world = aWorld({ requiredTags: ['a=b'] });
    await world.pass({ resource: 'sg-1' });
    world.tags.unknownArns.add(GROUP_ARN);
    await world.pass();
    expect(world.opsItems.all.map(({ data }) => data.reason)).toEqual(['TAGS_UNREADABLE', 'TAGS_UNREADABLE']);
  });

  it('the mapping is mended later: the next refresh starts it, on the same OpsItem', async () => {
    const world = aWorld({ automationStatus: false });
    await world.pass();
    const [opsItem] = world.opsItems.all;
    await expect(world.pass(LATER)).resolves.toBe('unchanged');
    world.mappings.put(aMappingRow());
    expect(await world.pass(LATER_STILL)).toBe('started');
    expect(world.opsItems.all).toHaveLength(1);
    expect(opsItem?.data).toMatchObject({ reason: 'MAPPED', runbook: RUNBOOK });
    expect(JSON.parse(opsItem?.data.parameters ?? '')).toEqual({
      GroupId: [GROUP_ID],
      AutomationAssumeRole: [ROLE_ARN],
    });
    expect(world.remediation).toMatchObject({ state: 'Running', opsItemId: opsItem?.id });
  });

  it('another reason than before is written on the same OpsItem', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    world.mappings.put({ checkName: world.remediation.checkName, nonsense: 1 });
    expect(await world.pass(LATER)).toBe('escalated');
    expect(world.opsItems.all).toMatchObject([{ data: { reason: 'MAPPING_ATTRIBUTE_UNKNOWN' } }]);
    expect(world.remediation.stateReason).toContain('MAPPING_ATTRIBUTE_UNKNOWN');
  });

  it('the OpsItem was deleted meanwhile: another one is opened, so that somebody hears', async () => {
    const world = aWorldWithoutMapping();
    await world.pass();
    world.opsItems.delete(world.remediation.opsItemId ?? '');
    world.mappings.put({ checkName: world.remediation.checkName, nonsense: 1 });
    await world.pass(LATER);
    expect(world.opsItems.all).toMatchObject([
      { status: 'Open', data: { reason: 'MAPPING_ATTRIBUTE_UNKNOWN' } },
    ]);
    expect(world.remediation.opsItemId).toBe(world.opsItems.all[0]?.id);
  });
});

describe('a refused start', () => {
  async function refused(): Promise<World> {
    const world = aWorld();
    world.runbooks.refusal = new RemediatorError('RUNBOOK_REFUSED', 'AccessDeniedException: not allowed.');
    await world.pass();
    return world;
  }

  it('is written on the OpsItem and acknowledged', async () => {
    const world = await refused();
    expect(world.opsItems.all).toMatchObject([
      {
        status: 'Open',
        data: { reason: 'RUNBOOK_REFUSED', decision: expect.stringContaining('AccessDenied') },
      },
    ]);
    expect(world.remediation).toMatchObject({ state: 'Escalated' });
    expect(world.remediation.nextActionAt).toBeUndefined();
  });

  it('the next refresh tries again', async () => {
    const world = await refused();
    world.runbooks.refusal = undefined;
    expect(await world.pass(LATER)).toBe('started');
    expect(world.states).toEqual(['Running']);
  });

  it('on an OpsItem that was deleted meanwhile opens another one', async () => {
    const world = await refused();
    world.opsItems.delete(world.remediation.opsItemId ?? '');
    await world.pass(LATER);
    expect(world.opsItems.all).toMatchObject([{ data: { reason: 'RUNBOOK_REFUSED' } }]);
    expect(world.remediation.opsItemId).toBe(world.opsItems.all[0]?.id);
  });
});

describe('what allowed a start may forbid it by the time it is resumed', () => {
  async function claimedOnly(): Promise<{ world: World; replay: () => Promise<unknown> }> {
    const world = aWorld();
    const record = await world.record();
    world.faults.crashOn('after', 'executions.claim');
    await expect(world.handle(record)).rejects.toThrow('after executions.claim');
    world.faults.heal();
    return { world, replay: () => world.handle(record) };
  }

  it('kill switch flipped between claim and resume: nothing starts', async () => {
    const { world, replay } = await claimedOnly();
    world.mappings.put({ checkName: '*', automationStatus: false });
    expect(await replay()).toBe('escalated');
    expect(world.runbooks.executions).toEqual([]);
    expect(world.opsItems.all).toMatchObject([{ status: 'Open', data: { reason: 'MAPPING_DISABLED' } }]);
    expect(world.states).toEqual(['Escalated']);
  });

  it('but what had started already is followed, not disowned', async () => {
    const world = aWorld();
    const record = await world.record();
    world.faults.loseAnswerOnce('runbooks.start', awsError('TimeoutError'));
    await expect(world.handle(record)).rejects.toThrow('TimeoutError');
    world.mappings.put({ checkName: '*', automationStatus: false });
    expect(await world.handle(record)).toBe('started');
    expect(world.states).toEqual(['Running']);
  });

  it('a mapping that names another runbook by now: what was claimed is started, as the row says', async () => {
    const { world, replay } = await claimedOnly();
    world.mappings.put(aMappingRow({ ssmAutomationDocument: 'Other' }));
    world.runbooks.documents.set('Other', aRunbook({ name: 'Other' }));
    await replay();
    expect(world.runbooks.executions.map(({ document }) => document)).toEqual([RUNBOOK]);
    expect(world.remediation.document).toBe(RUNBOOK);
  });
});
