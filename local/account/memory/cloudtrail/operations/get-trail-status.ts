import { text } from '../../input.ts';
import { requireTrail, trailOperation } from '../trail-operation.ts';

/**
 * No log files are delivered here, so that no delivery is told of.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export const getTrailStatus = trailOperation({
  input: { Name: text },
  run: ({ Name }, context) => {
    const { isLogging, startedAt, stoppedAt } = requireTrail(Name, context);
    return {
      IsLogging: isLogging,
      ...(startedAt ? { StartLoggingTime: startedAt } : {}),
      ...(stoppedAt ? { StopLoggingTime: stoppedAt } : {}),
      LatestDeliveryAttemptTime: '',
      LatestNotificationAttemptTime: '',
      LatestNotificationAttemptSucceeded: '',
      LatestDeliveryAttemptSucceeded: '',
      TimeLoggingStarted: startedAt ? toSeconds(startedAt) : '',
      TimeLoggingStopped: stoppedAt ? toSeconds(stoppedAt) : '',
    };
  },
});

function toSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
