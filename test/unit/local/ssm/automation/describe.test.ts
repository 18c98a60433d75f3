import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../../local/service.ts';
import { automationStack, type ShownStep } from './support.ts';

const TWO = `schemaVersion: '0.3'
mainSteps:
  - { name: one, action: 'aws:sleep', inputs: { Duration: PT1S } }
  - { name: two, action: 'aws:branch', inputs: { Choices: [{ NextStep: three, Variable: a, StringEquals: a }] } }
  - { name: three, action: 'aws:sleep', inputs: { Duration: PT1S } }`;

async function history() {
  const stack = automationStack();
  stack.create('Alpha', TWO);
  stack.create('Beta', TWO);
  const ids: string[] = [];
  for (const name of ['Alpha', 'Alpha', 'Beta']) {
    ids.push(stack.start(name, {}, name === 'Beta' ? { Tags: [{ Key: 'finding', Value: 'f' }] } : {}));
    await stack.automation.idle();
  }
  const list = (input: JsonObject = {}) => {
    const output = stack.call('DescribeAutomationExecutions', input);
    const entries = output.AutomationExecutionMetadataList as JsonObject[];
    return { ids: entries.map((entry) => entry.AutomationExecutionId), token: output.NextToken };
  };
  return { stack, ids, list };
}
const filter = (Key: string, ...Values: string[]) => ({ Filters: [{ Key, Values }] });
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('DescribeAutomationExecutions', () => {
  it('lists the newest first, page by page, whatever starts meanwhile', async () => {
    const { stack, ids, list } = await history();
    expect(list().ids).toEqual(ids.toReversed());
    const first = list({ MaxResults: 2 });
    expect(first.ids).toEqual([ids[2], ids[1]]);
    stack.start('Alpha');
    expect(list({ MaxResults: 2, NextToken: first.token })).toEqual({ ids: [ids[0]], token: undefined });
  });

  it('filters', async () => {
    const { ids, list, stack } = await history();
    expect(list(filter('DocumentNamePrefix', 'Be')).ids).toEqual([ids[2]]);
    expect(list(filter('ExecutionId', ids[0] ?? '')).ids).toEqual([ids[0]]);
    expect(list(filter('ExecutionStatus', 'Success', 'Failed')).ids).toHaveLength(3);
    expect(list(filter('ExecutionStatus', 'Failed')).ids).toEqual([]);
    expect(list(filter('TagKey', 'finding')).ids).toEqual([ids[2]]);
    expect(list(filter('AutomationType', 'CrossAccount')).ids).toEqual([]);
    expect(list(filter('OpsItemId', 'oi-0123456789ab')).ids).toEqual([]);
    const second = String((stack.get(ids[1] ?? '').ExecutionStartTime as Date).toISOString());
    expect(list(filter('StartTimeAfter', second)).ids).toEqual([ids[2]]);
    expect(list(filter('StartTimeBefore', second)).ids).toEqual([ids[0]]);
    const both = {
      Filters: [...filter('DocumentNamePrefix', 'Al').Filters, ...filter('StartTimeBefore', second).Filters],
    };
    expect(list(both).ids).toEqual([ids[0]]);
  });

  it.each<[JsonObject, string]>([
    [filter('Colour', 'red'), 'InvalidFilterKey'],
    [filter('ExecutionStatus', 'Canceled'), 'InvalidFilterValue'],
    [filter('StartTimeBefore', 'yesterday'), 'InvalidFilterValue'],
    [{ Filters: [{ Key: 'ExecutionId' }] }, 'InvalidFilterValue'],
    [{ NextToken: 'bm9wZQ' }, 'InvalidNextToken'],
    [{ MaxResults: 0 }, 'ValidationException'],
    [{ MaxResults: 51 }, 'ValidationException'],
  ])('refuses %j with %s', async (input, expected) => {
    const { list } = await history();
    expect(() => list(input)).toThrow(code(expected));
  });

  it('finds what runs by its current action', async () => {
    const { stack, list } = await history();
    const id = stack.start('Alpha');
    await new Promise((resolve) => setImmediate(resolve));
    expect(list(filter('CurrentAction', 'aws:sleep')).ids).toEqual([id]);
    expect(stack.get(id)).toMatchObject({ CurrentStepName: 'one', AutomationExecutionStatus: 'InProgress' });
  });
});

describe('DescribeAutomationStepExecutions', () => {
  it('lists, filters, pages and reverses the steps', async () => {
    const { stack, ids } = await history();
    const steps = (input: JsonObject = {}) => {
      const output = stack.call('DescribeAutomationStepExecutions', {
        AutomationExecutionId: ids[0],
        ...input,
      });
      return (output.StepExecutions as ShownStep[]).map((step) => step.StepName).join(' ');
    };
    expect(steps()).toBe('one two three');
    expect(steps({ ReverseOrder: true, MaxResults: 2 })).toBe('three two');
    expect(steps(filter('Action', 'aws:branch'))).toBe('two');
    expect(steps(filter('StepName', 'one', 'three'))).toBe('one three');
    expect(steps(filter('StepExecutionStatus', 'Pending'))).toBe('');
    expect(() => steps(filter('ExecutionId', 'x'))).toThrow(code('InvalidFilterKey'));
  });
});
