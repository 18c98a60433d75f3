import type { Command } from 'commander';
import { addConnection, addJson, type Connection } from '../connection-options.ts';
import { addManual, judged } from '../manual.ts';
import { addStack, type StackOptions } from '../stack/options.ts';
import type { DoctorOptions } from './doctor.ts';

/** Adds doctor. */
export function addDoctor(program: Command): void {
  const doctor = program
    .command('doctor')
    .summary('check a deployment, and say what to do')
    .description(
      'Checks a deployment: whether findings arrive, failure queues, functions, tables, roles, runbooks, quotas, mappings, breakers. Nothing is changed. What could not be found out (?) is no pass; what the endpoint does not have (–) is left out.',
    );
  addManual(addJson(addStack(doctor)), {
    exitCodes: judged(
      'all is well, apart from warnings',
      'something is wrong, or could not be found out',
      'nothing could be examined: usage, endpoint, credentials',
    ),
    json: `{passed, warnings, failed, unknown, skipped, checks: [{id, group, title,
  results: [{verdict, found, remedy?}]}]}: pass, warn, fail, unknown or skip`,
    examples: ['remediator doctor', 'remediator doctor --stage dev --json'],
  });
  addConnection(doctor, [
    'checkTrackerTable',
    'automationMappingTable',
    'automationExecutionTrackerTable',
    'remediationExceptionTable',
    'remediationGuardTable',
  ]).action(async (options: Connection & StackOptions & DoctorOptions) => {
    const { runDoctor } = await import('./run.ts');
    process.exitCode = await runDoctor(options);
  });
}
