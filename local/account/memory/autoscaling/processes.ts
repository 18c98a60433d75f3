import { z } from 'zod';

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
const PROCESSES = [
  'Launch',
  'Terminate',
  'AddToLoadBalancer',
  'AlarmNotification',
  'AZRebalance',
  'HealthCheck',
  'InstanceRefresh',
  'ReplaceUnhealthy',
  'ScheduledActions',
] as const;

export const processes = z.array(z.enum(PROCESSES)).default([]);

/** The processes that a call names; all where it names none. */
export function chosen(named: z.output<typeof processes>): readonly string[] {
  return named.length > 0 ? named : PROCESSES;
}
