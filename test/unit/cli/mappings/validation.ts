import { type Catalogue, openCatalogue } from '../../../../cli/mappings/catalogue.ts';
import { validateFiles } from '../../../../cli/mappings/validate.ts';
import type { Fault } from '../../../../local/ssm/documents/fault.ts';
import { aMappingRow } from '../../../helpers/findings.ts';
import { openFolder } from '../../../helpers/folder.ts';
import { recordingUi } from '../../../helpers/ui.ts';

export const catalogue = openCatalogue();

/** Validates texts, or what is written as JSON, as the command does; once for each test file. */
export function openValidation() {
  const folder = openFolder();
  let number = 0;
  return {
    folder,
    async validate(content: unknown, from: Catalogue = catalogue) {
      number += 1;
      const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
      const file = folder.write(`${number}.json`, text);
      const ui = recordingUi();
      const exitCode = await validateFiles({ ui, catalogue: from }, [file], { json: true });
      const { results, ...counts } = JSON.parse(ui.printed.join(''));
      return { exitCode, counts, faults: results[0].faults as readonly Fault[] };
    },
  };
}

/** A row that is sound. */
export const row = (changes: object) =>
  aMappingRow({ automationParameters: { GroupId: ['$resourceId'] }, ...changes });
