import type { Log } from './invoke-result.ts';

/** Queues that messages of failure go to. */
export interface Queues {
  /** What it answers is waited for, and otherwise of no interest. */
  send(queueArn: string, body: string): unknown;
}

export interface FailureMessage {
  readonly functionName: string;
  readonly condition: string;
  readonly queueArn: string | undefined;
  /** JSON of the destination record. */
  readonly body: string;
}

/** Tells the log and the failure queue of what was given up. A queue that cannot be written stops nothing else. */
export async function sendToFailureDestination(
  { functionName, condition, queueArn, body }: FailureMessage,
  { queues, log }: { readonly queues: Queues; readonly log: Log },
): Promise<void> {
  if (queueArn === undefined) {
    log(`${condition}: dropped, for want of a failure destination: ${body}`, functionName, 'host');
    return;
  }
  try {
    await queues.send(queueArn, body);
    log(`${condition}: sent to ${queueArn}: ${body}`, functionName, 'host');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    log(
      `${condition}: lost, the failure queue cannot be written (${problem}): ${body}`,
      functionName,
      'host',
    );
  }
}
