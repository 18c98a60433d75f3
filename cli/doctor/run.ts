import { systemClock } from '../../shared/aws/clock.ts';
import { isLaptop, serverTimeOf } from '../aws/endpoint.ts';
import { type Aws, withAws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import { openQueues } from '../dlq/run.ts';
import type { StackOptions } from '../stack/options.ts';
import { readStack } from '../stack/read-stack.ts';
import { openUi } from '../ui.ts';
import { checks } from './checks/registry.ts';
import { type DoctorOptions, diagnose } from './doctor.ts';

/** @returns the exit code */
export function runDoctor(options: Connection & StackOptions & DoctorOptions): Promise<0 | 1> {
  return withAws(options, async (aws: Aws) => {
    const stack = await readStack(aws, options);
    const endpoint = aws.target.endpoint ?? `https://dynamodb.${stack.region}.amazonaws.com`;
    const deps = {
      ...{ aws, stack, tables: options, clock: systemClock, ui: openUi() },
      queues: await openQueues(aws),
      isLaptop: aws.target.endpoint !== undefined && (await isLaptop(aws.target.endpoint)),
      serverTime: await serverTimeOf(endpoint, systemClock),
    };
    return diagnose(checks, deps, options);
  });
}
