import { RemediatorError } from '../../../shared/domain/errors.ts';
import { mappingFrom } from '../../../shared/domain/mapping.ts';
import { patternFault } from '../../../shared/domain/match.ts';
import { type Check, countOf, fail, orPass, type Result, warn } from '../check.ts';
import { type MappingRows, readMappingRows } from '../read-rows.ts';

/** Rows that can be read, and whether everything is paused. */
export const mappings: Check = {
  id: 'mappings',
  group: 'Configuration',
  title: 'mappings, pause',
  async run(deps) {
    const rows = await readMappingRows(deps);
    const broken = rows.broken.map(({ checkName, error }) =>
      fail(`the row ${checkName} is broken, and never acted upon: ${error.message}`, error.remedy),
    );
    const patterns = rows.good.flatMap(({ checkName, regexPattern }) => {
      const fault = patternFault(regexPattern);
      return fault === undefined
        ? []
        : [fail(`the row ${checkName} finds no resource: regexPattern ${fault}`, 'mend the pattern')];
    });
    const empty =
      rows.good.length + rows.broken.length === 0
        ? [warn('there is no mapping: nothing is mended', 'remediator mappings install PACK (docs/packs.md)')]
        : [];
    return orPass(
      [...brokenDefaults(rows), ...paused(rows), ...broken, ...patterns, ...empty],
      summaryOf(rows),
    );
  },
};

function summaryOf({ good }: MappingRows): string {
  const modes = Object.entries(Object.groupBy(good, ({ executionMode }) => executionMode));
  const text = modes.map(([mode, some = []]) => `${some.length} ${mode}`).join(', ');
  return `${countOf(good.length, 'mapping')}: ${text}`;
}

function paused({ defaults }: MappingRows): readonly Result[] {
  if (defaults?.executionMode !== 'off') return [];
  return [warn('everything is paused: the row * is off', 'remediator resume --all ends the pause')];
}

/** A broken row `*` breaks all others, which would each say so. */
function brokenDefaults({ defaults }: MappingRows): readonly Result[] {
  if (defaults === undefined) return [];
  try {
    mappingFrom(ANY_ROW, defaults);
    return [];
  } catch (error) {
    if (!(error instanceof RemediatorError)) throw error;
    return [fail(`the row * is broken, and nothing is started: ${error.message}`, error.remedy)];
  }
}

const ANY_ROW = {
  checkName: 'any',
  ssmAutomationDocument: 'any',
  automationParameters: '{}',
  regexPattern: '.*',
  automationStatus: true,
};
