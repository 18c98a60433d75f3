import { AwsError } from '../../../local/aws-error.ts';
import type { JsonObject } from '../../../local/service.ts';
import type { Interference } from './support.ts';

/** Answers by operation; an Error is thrown. */
export type Answers = Readonly<Record<string, unknown>>;

/** Has an account answer some operations in a test's words, and none of them where `service` is another. */
export function answering(answers: Answers): Interference {
  return ({ operation, input }) => {
    const answer = answers[operation];
    const value = typeof answer === 'function' ? answer(input) : answer;
    if (value instanceof Error) throw value;
    return value;
  };
}

/** A managed instance with an agent that reports, and a Run Command whose commands end as told. */
export function managedInstance({ platform = 'Linux', ping = 'Online', status = 'Success' } = {}): Answers {
  return {
    DescribeInstanceInformation: { InstanceInformationList: [{ PingStatus: ping, PlatformType: platform }] },
    SendCommand: { Command: { CommandId: 'command-1' } },
    ListCommands: {
      Commands: [
        { CommandId: 'command-1', Status: status, TargetCount: 1, InstanceIds: ['i-0123456789abcdef0'] },
      ],
    },
    GetCommandInvocation: {
      Status: status,
      ResponseCode: status === 'Success' ? 0 : 1,
      StandardOutputContent: 'said',
      StandardErrorContent: '',
    },
  };
}

export const NOT_MANAGED: Answers = { DescribeInstanceInformation: { InstanceInformationList: [] } };

export const denied = new AwsError('AccessDeniedException', 'You are not authorized.');

export function inputOf(
  calls: readonly { operation: string; input: JsonObject }[],
  operation: string,
): JsonObject {
  const found = calls.find((call) => call.operation === operation);
  if (found === undefined) throw new Error(`${operation} was not called`);
  return found.input;
}
