import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../helpers/cli.ts';
import {
  type BootedCloud,
  bootCloud,
  groupArn,
  groupFinding,
  mappingRow,
  RUNBOOK,
} from '../helpers/cloud.ts';

const rollback = {
  rollbackDocument: RUNBOOK,
  rollbackParameters: '{"GroupId": ["$resourceId"], "IpAddressToBlock": ["10.0.0.0/8"]}',
};

describe('a responder answers from the command line', () => {
  let booted: BootedCloud;
  beforeAll(async () => {
    booted = await bootCloud();
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  /** A new group that is Red, under a check of its own. @returns its OpsItem's ID */
  async function red(checkName: string, mapping: Parameters<typeof mappingRow>[0] = {}) {
    const { world } = booted;
    await world.putMapping(mappingRow({ executionMode: 'approval', ...mapping, checkName }));
    const group = await world.openGroup(checkName);
    await world.happens({ ...groupFinding(groupArn(group)), checkName });
    return { group, opsItemId: (await world.opsItemOf(groupArn(group)))?.OpsItemId ?? '' };
  }

  const run = (...args: string[]) => cli([...args, '--endpoint-url', booted.cloud.url]);

  test('approve: exactly what was shown is started, and who said so is written down', async () => {
    const { world } = booted;
    const { group, opsItemId } = await red('approved');
    const { code, stdout, stderr } = await run('approve', opsItemId, '--wait', '15', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      answer: 'approve',
      opsItemId,
      next: expect.stringContaining(group),
      change: { happened: true },
    });
    await booted.cloud.idle();
    expect((await world.ingressOf(group)).map(({ FromPort }) => FromPort)).toEqual([443]);
    const row = (await world.rows('AutomationExecutionTrackerTable')).find(
      (each) => each.checkName === 'approved',
    );
    expect(row).toMatchObject({
      state: 'Resolved',
      approval: { by: expect.stringContaining('user/laptop') },
    });
  });

  test('reject: nothing is started; an approval after that is refused, in one line', async () => {
    const { world } = booted;
    const { group, opsItemId } = await red('rejected');
    const said = await run('reject', opsItemId, '--wait', '15');
    expect(said).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('is Rejected. REJECTED:'),
    });
    const late = await run('approve', opsItemId);
    expect(late).toMatchObject({ code: 1, stdout: '' });
    expect(late.stderr).toMatch(/^error: approve oi-\w+: its attempt is Rejected, [^\n]+\n$/);
    expect(await world.ingressOf(group)).toHaveLength(2);
  });

  test('undo: the rollback document is started, though the OpsItem is Resolved', async () => {
    const { world } = booted;
    const { opsItemId } = await red('undone', { ...rollback, executionMode: 'automatic' });
    const { code, stdout } = await run('undo', opsItemId, '--wait', '15');
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${RUNBOOK} was started by .*user/laptop`));
    await booted.cloud.idle();
    const parameters = (await world.executions()).map(({ AutomationExecutionId }) => AutomationExecutionId);
    expect(parameters).toHaveLength(3);
  });
});
