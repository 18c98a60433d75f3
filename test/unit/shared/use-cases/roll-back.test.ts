import { expect, it } from 'vitest';
import { rollBack } from '../../../../shared/use-cases/roll-back.ts';
import { aWorld } from '../../../helpers/fakes-world.ts';
import { RUNBOOK } from '../../../helpers/findings.ts';

it('what is still under way is not undone: it would go on after the rollback', async () => {
  const world = aWorld({ rollbackDocument: 'Undo', rollbackParameters: '{"GroupId":["$resourceId"]}' });
  await world.pass();
  await expect(rollBack(world.deps, world.remediation, 'a person')).rejects.toMatchObject({
    code: 'ROLLBACK_IMPOSSIBLE',
    message: expect.stringContaining('InProgress: it has not ended'),
  });
  expect(world.runbooks.executions.map(({ document }) => document)).toEqual([RUNBOOK]);
  world.runbooks.finish('Failed');
  await rollBack(world.deps, world.remediation, 'a person');
  expect(world.runbooks.executions.map(({ document }) => document)).toEqual([RUNBOOK, 'Undo']);
});
