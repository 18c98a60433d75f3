import { systemClock } from '../../shared/aws/clock.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { CliError } from '../cli-error.ts';
import { environment } from '../environment.ts';
import { readJson } from '../read-json.ts';
import { printable } from '../terminal.ts';
import { openUi, printJson, type Ui } from '../ui.ts';
import { type Reading, readingsIn } from './events-in.ts';
import { explainFinding, type World } from './explain-event.ts';
import type { LiveOptions } from './live.ts';
import { offlineWorld } from './offline.ts';
import { readMappings } from './read-mappings.ts';
import { explainedJson, explainedLines, faultLines } from './view.ts';

export interface ExplainOptions extends LiveOptions {
  readonly mappings?: string;
  readonly tags?: readonly string[];
  readonly json?: true;
}

/** The account of an entry of PutEvents, offline: it does not say, and any is as good. */
const SOME_ACCOUNT = '123456789012';

/** @returns the exit code: 1 where something in the file is no event that a source reads */
export async function run(file: string, options: ExplainOptions): Promise<number> {
  const content = await readJson(file, 'an event');
  const tags = tagsIn(options.tags);
  const region = options.region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  const origin = { region, now: systemClock.now() };
  const ui = openUi();
  if (options.mappings !== undefined) {
    const rows = await readMappings(options.mappings);
    const readings = readingsIn(content, { ...origin, account: SOME_ACCOUNT });
    return tell(ui, offlineWorld({ rows, tags, clock: systemClock }), { file, readings, ...options });
  }
  // Offline, the SDK is not even loaded.
  const { withAws } = await import('../aws/open-aws.ts');
  return withAws(options, async (aws) => {
    const { liveWorld } = await import('./live.ts');
    const world = await liveWorld(aws, options, tags);
    const readings = readingsIn(content, { ...origin, account: world.account });
    return tell(ui, world, { file, readings, ...options });
  });
}

interface Telling {
  readonly file: string;
  readonly readings: readonly Reading[];
  readonly json?: true;
}

async function tell(ui: Ui, world: World, { file, readings, json }: Telling): Promise<number> {
  if (readings.length === 0)
    throw new CliError('NO_EVENT', `${file} holds no event: the list in it is empty`);
  const results: object[] = [];
  let unread = 0;
  for (const { label, read } of readings) {
    const lines: string[] = [];
    try {
      const explained = await explainFinding(world, read());
      results.push(explainedJson(explained));
      lines.push(...explainedLines(explained));
    } catch (error) {
      if (!(error instanceof RemediatorError) || !UNREAD.includes(error.code)) throw error;
      unread += 1;
      results.push({ error: { code: error.code, message: error.message, remedy: error.remedy } });
      lines.push(...faultLines(error));
    }
    if (!json) ui.print([printable(label), ...lines, ''].join('\n'));
  }
  if (json) printJson(ui, { events: results });
  return unread > 0 ? 1 : 0;
}

const UNREAD: readonly string[] = ['EVENT_NOT_RECOGNISED', 'EVENT_INCOMPLETE'];

/** `key=value`, or `key` alone. */
function tagsIn(tags: readonly string[] | undefined): Record<string, string> | undefined {
  if (tags === undefined) return undefined;
  return Object.fromEntries(
    tags.map((tag) => {
      const equals = tag.indexOf('=');
      return equals < 0 ? [tag, ''] : [tag.slice(0, equals), tag.slice(equals + 1)];
    }),
  );
}
