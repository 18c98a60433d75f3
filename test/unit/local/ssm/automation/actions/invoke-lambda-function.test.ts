import { describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../../../../local/clock.ts';
import { randomIds } from '../../../../../../local/ids.ts';
import { actionStack, refusal } from './support.ts';

const step = (inputs: object = {}) => ({
  action: 'aws:invokeLambdaFunction',
  inputs: { FunctionName: 'mend', ...inputs },
});
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('aws:invokeLambdaFunction', () => {
  it('sends InputPayload, and shows what the function answers', async () => {
    const { runAll, calls } = actionStack({
      Invoke: () => ({ StatusCode: 200, Payload: bytes({ ok: true }), ExecutedVersion: '1' }),
    });
    const shown = await runAll([
      {
        ...step({ InputPayload: { id: 'i-1' }, Payload: 'unused', Qualifier: 'live' }),
        outputs: [{ Name: 'Ok', Selector: '$.Payload.ok', Type: 'Boolean' }],
      },
    ]);
    expect(calls).toEqual([
      {
        service: 'lambda',
        operation: 'Invoke',
        region: 'us-east-1',
        input: {
          FunctionName: 'mend',
          Qualifier: 'live',
          InvocationType: 'RequestResponse',
          Payload: '{"id":"i-1"}',
        },
      },
    ]);
    expect(shown.StepExecutions[0]?.Outputs).toMatchObject({
      StatusCode: ['200'],
      Payload: ['{"ok":true}'],
      Ok: ['true'],
    });
  });

  it.each([
    ['{"a":1}', '{"a":1}'],
    [{ a: 1 }, '{"a":1}'],
  ])('sends the legacy Payload %j', async (Payload, sent) => {
    const { run, calls } = actionStack({ Invoke: () => ({ StatusCode: 202 }) });
    expect((await run(step({ Payload, InvocationType: 'Event' }))).StepStatus).toBe('Success');
    expect(calls[0]?.input).toMatchObject({ InvocationType: 'Event', Payload: sent });
  });

  it('takes an answer that is no JSON', async () => {
    const { run } = actionStack({ Invoke: () => ({ StatusCode: 200, Payload: 'plain' }) });
    expect((await run(step())).Outputs?.Payload).toEqual(['plain']);
  });

  it('fails where the function does', async () => {
    const { run } = actionStack({
      Invoke: () => ({
        StatusCode: 200,
        FunctionError: 'Unhandled',
        Payload: bytes({ errorMessage: 'boom' }),
      }),
    });
    const shown = await run(step());
    expect(shown.FailureMessage).toContain('The function mend failed (Unhandled): {"errorMessage":"boom"}');
    expect(shown.Outputs).toMatchObject({ FunctionError: ['Unhandled'] });
  });

  it('fails for payloads of more than 200 KB, in and out', async () => {
    const { runAll, run, calls } = actionStack({
      Invoke: () => ({ StatusCode: 200, Payload: 'x'.repeat(204_801) }),
    });
    const parameters = { Text: { type: 'String', default: 'x'.repeat(55_000) } };
    const sent = await runAll([step({ InputPayload: { large: '{{ Text }}'.repeat(4) } })], { parameters });
    expect(sent.FailureMessage).toContain('larger than 200 KB');
    expect(calls).toEqual([]);
    expect((await run(step())).FailureMessage).toContain('answered with more than 200 KB');
  });

  it('ends after five minutes, whatever the step says', async () => {
    const stack = actionStack({ Invoke: () => new Promise(() => {}) });
    const shown = await stack.run({ ...step(), timeoutSeconds: 3600 });
    expect(shown.FailureMessage).toContain('did not end within 300 seconds');
    expect(Number(shown.ExecutionEndTime) - Number(shown.ExecutionStartTime)).toBe(300_000);
    expect((await stack.run(step())).StepStatus).toBe('TimedOut');
  });

  it("fails with the service's words", async () => {
    const { run } = actionStack({ Invoke: refusal('ResourceNotFoundException', 'Function not found') });
    expect((await run(step())).FailureMessage).toContain(
      'An error occurred (ResourceNotFoundException) when calling the Invoke operation: Function not found.',
    );
  });

  it('says what the account in memory lacks', async () => {
    const account = createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: '123456789012' });
    const { run } = actionStack({}, { account });
    expect((await run(step())).FailureMessage).toContain('The in-memory account has no service lambda');
  });

  it.each([
    [{ FunctionName: '' }, 'FunctionName is missing'],
    [{ InvocationType: 'Soon' }, 'InvocationType has to be one of Event, RequestResponse, DryRun'],
    [{ InputPayload: 'text' }, 'InputPayload has to be a map'],
  ])('refuses %j', async (inputs, message) => {
    const { run, calls } = actionStack();
    expect((await run(step(inputs))).FailureMessage).toContain(message);
    expect(calls).toEqual([]);
  });
});
