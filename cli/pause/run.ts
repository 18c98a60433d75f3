import { systemClock } from '../../shared/aws/clock.ts';
import { withAws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import { openUi } from '../ui.ts';
import { createDefaultsTable } from './defaults-row.ts';
import { type PauseDeps, type PauseInput, pauseAll, resumeAll } from './pause.ts';

type Where = Pick<Connection, 'profile' | 'region' | 'endpointUrl' | 'automationMappingTable'>;

export function runPause(options: Where & PauseInput): Promise<void> {
  return withDeps(options, (deps) => pauseAll(deps, options));
}

export function runResumeAll(options: Where & Omit<PauseInput, 'by' | 'reason'>): Promise<void> {
  return withDeps(options, (deps) => resumeAll(deps, options));
}

function withDeps(options: Where, act: (deps: PauseDeps) => Promise<void>): Promise<void> {
  return withAws(options, async (aws) => {
    const table = createDefaultsTable(await aws.dynamoDb(), options.automationMappingTable);
    return act({ table, clock: systemClock, ui: openUi() });
  });
}
