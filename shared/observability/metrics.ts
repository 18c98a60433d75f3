import { Metrics } from '@aws-lambda-powertools/metrics';

/** CloudWatch metrics, written into the log (embedded metric format) in namespace Remediator. */
export const metrics = new Metrics({ namespace: 'Remediator', serviceName: 'remediator' });
