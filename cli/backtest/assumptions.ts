import type { Mapping } from '../../shared/domain/mapping.ts';
import type { SetSummary } from './set-summary.ts';

/** What nobody can know of recorded events, and is taken as it has to be for a runbook to start. */
export function assumptionsOf(sets: readonly SetSummary[]): readonly string[] {
  const mappings = sets.flatMap((set) => [...set.mappings.values()]);
  const some = (has: (mapping: Mapping) => boolean, sentence: string) =>
    mappings.some(has) ? [sentence] : [];
  const assumedRunbooks = [...new Set(sets.flatMap((set) => set.assumedRunbooks))].sort();
  return [
    'Nothing was done before the first event, nobody has excepted anything, and Remediator may act in every account.',
    'What is started succeeds at once, and its resource needs nothing more until its finding is Green and then Red again.',
    ...some(
      ({ executionMode }) => executionMode === 'approval',
      'Nobody answers: what is asked stays asked. Custom actions of Security Hub are no answers here.',
    ),
    ...some(
      ({ windows, maxPerHour, coolDownSeconds, stopAfter }) =>
        windows.length > 0 || maxPerHour !== undefined || coolDownSeconds > 0 || stopAfter !== undefined,
      "What waits (for a window, a limit, a cool-down) is decided anew by its finding's next event; Remediator would do so when its time has come.",
    ),
    ...some(
      ({ maxConcurrent, failureBreaker }) => maxConcurrent !== undefined || failureBreaker !== undefined,
      'No execution is under way when the next one is to start (maxConcurrent), and none fails (failureBreaker).',
    ),
    ...some(
      ({ requiredTags, exemptTags }) => requiredTags.length + exemptTags.length > 0,
      'Resources carry the tags that mappings require, and none that exempt them.',
    ),
    ...some(({ changeCalendars }) => changeCalendars.length > 0, 'The change calendars are open.'),
    ...(assumedRunbooks.length > 0
      ? [
          `There are these runbooks, and they take the parameters of their mappings: ${assumedRunbooks.join(', ')}.`,
        ]
      : []),
  ];
}
