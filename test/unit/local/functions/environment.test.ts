import { expect, it } from 'vitest';
import { Environment } from '../../../../local/functions/environment.ts';
import { fixtureFunction } from '../../../helpers/local-functions.ts';

it('is not ended while it still loads its modules: Node can die of that', async () => {
  const fn = fixtureFunction('handlers/echo.handler', {});
  const environment = new Environment({ fn, variables: {}, logStreamName: 'stream', log: () => {} });
  await environment.close();
  expect(await environment.ready).toBeUndefined();
  expect(environment.isUsable).toBe(false);
});
