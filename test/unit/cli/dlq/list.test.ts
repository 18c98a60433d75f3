import { describe, expect, it } from 'vitest';
import { listDeadLetters } from '../../../../cli/dlq/list.ts';
import { deployment, failedCall, message, TRACKER } from './dlq.fixture.ts';

const OPTIONS = { limit: 10 };

describe('dlq list', () => {
  it('says of each queue what is in it, and of each message why it is', async () => {
    const { deps, ui } = deployment({
      findings: [
        failedCall(TRACKER, { source: 'aws.config', 'detail-type': 'A Change' }),
        message('{', { id: 'x' }),
      ],
    });
    await listDeadLetters(deps, [], OPTIONS);
    const text = ui.printed.join('\n');
    expect(text).toMatch(/✗ app-prod-findings: 2 messages, the oldest that was seen 59 min old/);
    expect(text).toMatch(/invocation +tracker +A Change of aws\.config\n.*it broke/);
    expect(text).toMatch(/unknown +x\n.*no JSON object/);
    expect(text).toMatch(/✓ app-prod-timer: empty/);
    expect(text).toMatch(/redrive QUEUE/);
  });

  it('takes nothing out, and hides nothing', async () => {
    const { deps, queues } = deployment({ findings: [failedCall(TRACKER, {}), failedCall(TRACKER, {})] });
    await listDeadLetters(deps, ['findings'], OPTIONS);
    expect(await queues.count('app-prod-findings')).toEqual({ waiting: 2, held: 0 });
  });

  it('--json: counts, and the messages that were looked at', async () => {
    const { deps, ui } = deployment({ findings: [1, 2, 3].map(() => failedCall(TRACKER, {})) });
    await listDeadLetters(deps, ['findings'], { limit: 2, json: true });
    expect(ui.json).toMatchObject({
      queues: [
        {
          queue: 'app-prod-findings',
          functions: ['app-prod-tracker'],
          messages: 3,
          held: 0,
          seen: [{ kind: 'invocation', function: 'app-prod-tracker', body: expect.any(String) }, {}],
        },
      ],
      missing: [],
    });
  });

  it('a queue of a source that was switched off is no fault', async () => {
    const { deps, ui, queues } = deployment({});
    const { urlOf: known } = queues;
    const urlOf = async (name: string) => (name.endsWith('alarms') ? undefined : known(name));
    await listDeadLetters({ ...deps, queues: Object.assign(queues, { urlOf }) }, [], OPTIONS);
    expect(ui.printed.at(-1)).toContain('app-prod-alarms: not deployed');
  });

  it('a stack that is not there is one', async () => {
    const { deps, queues } = deployment({});
    Object.assign(queues, { urlOf: async () => undefined });
    await expect(listDeadLetters(deps, [], OPTIONS)).rejects.toMatchObject({
      code: 'NO_QUEUE',
      message: expect.stringMatching(/--region, --stage or --service/),
    });
  });
});
