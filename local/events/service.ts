import type { AwsJsonService } from '../service.ts';
import type { EventPublisher } from './event.ts';
import { putEvents } from './operations/put-events.ts';
import { testEventPattern } from './operations/test-event-pattern.ts';

/** EventBridge as AWS CLI and SDKs speak to it: PutEvents and TestEventPattern. */
export function createEventsService(bus: EventPublisher): AwsJsonService {
  return {
    targetPrefix: 'AWSEvents',
    jsonVersion: '1.1',
    operations: {
      PutEvents: putEvents(bus),
      TestEventPattern: testEventPattern,
    },
  };
}
