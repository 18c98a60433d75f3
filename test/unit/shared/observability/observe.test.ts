import middy from '@middy/core';
import { afterEach, expect, it, vi } from 'vitest';
import { metrics } from '../../../../shared/observability/metrics.ts';
import { observe } from '../../../../shared/observability/observe.ts';

const context = { functionName: 'check-tracker', awsRequestId: 'r', memoryLimitInMB: '128' } as never;

afterEach(() => {
  vi.restoreAllMocks();
});

it('an invocation that counts nothing logs nothing about it', async () => {
  const warned = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await middy(async () => 'done').use(await observe())({}, context);
  expect(warned.mock.calls).toEqual([]);
});

it.each([
  ['done', async () => undefined],
  ['failed', async () => Promise.reject(new Error('x'))],
])('what an invocation counts is written when it is %s', async (_, end) => {
  // The logger and metrics of Powertools each have a console of their own.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const handler = middy(async () => {
    metrics.addMetric('Counted', 'Count', 1);
    expect(metrics.hasStoredMetrics()).toBe(true);
    return end();
  }).use(await observe());
  await Promise.allSettled([handler({}, context)]);
  expect(metrics.hasStoredMetrics()).toBe(false);
});
