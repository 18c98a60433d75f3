import { DescribeDocumentCommand, type DocumentDescription, type SSMClient } from '@aws-sdk/client-ssm';
import { isAwsError } from '../../../shared/aws/errors.ts';
import { RemediatorError } from '../../../shared/domain/errors.ts';
import type { Mapping } from '../../../shared/domain/mapping.ts';
import { parseTemplate } from '../../../shared/domain/template.ts';
import { type Check, countOf, fail, fewAtATime, orPass, type Result, skip } from '../check.ts';
import { readMappingRows } from '../read-rows.ts';

interface Use {
  readonly checkName: string;
  readonly document: string;
  readonly template: string | undefined;
}

/** The runbooks that mappings name, and their parameters. */
export const documents: Check = {
  id: 'documents',
  group: 'Roles and runbooks',
  title: 'runbooks of the mappings',
  async run(deps) {
    const { good } = await readMappingRows(deps);
    const uses = good.flatMap(usesOf);
    if (uses.length === 0) return [skip('no mapping names a runbook')];
    const client = await deps.aws.ssm();
    const names = [...new Set(uses.map(({ document }) => document))];
    const described = new Map(
      await fewAtATime(names, async (name) => [name, await describe(client, name)] as const),
    );
    const absent = deps.isLaptop ? await ownedByAws(names.filter((name) => !described.get(name))) : [];
    const looked = uses.filter(({ document }) => !absent.includes(document));
    const wrong = looked.flatMap((use) => look(use, described.get(use.document)));
    const there = countOf(names.length - absent.length, 'runbook');
    return [
      ...(looked.length === 0
        ? []
        : orPass(wrong, `${there} can be started, with the parameters of the mappings`)),
      ...(absent.length === 0 ? [] : [withoutStandIn(absent)]),
    ];
  },
};

/** Which of these AWS owns. The list is read only where it is asked for: it is large. */
async function ownedByAws(names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const { readAwsRunbooks } = await import('../../mappings/catalogue.ts');
  const { runbooks } = readAwsRunbooks();
  return names.filter((name) => Object.hasOwn(runbooks, name)).toSorted();
}

function withoutStandIn(names: readonly string[]): Result {
  const [have, start] = names.length === 1 ? ['has', 'starts'] : ['have', 'start'];
  return skip(
    `${countOf(names.length, 'runbook')} that AWS owns ${have} no stand-in on the laptop, and ${start} nothing here: ${names.join(', ')}`,
  );
}

function usesOf(mapping: Mapping): readonly Use[] {
  const { checkName, rollbackDocument } = mapping;
  return [
    { checkName, document: mapping.ssmAutomationDocument, template: mapping.automationParameters },
    ...(rollbackDocument === undefined
      ? []
      : [{ checkName, document: rollbackDocument, template: mapping.rollbackParameters }]),
  ];
}

function look(
  { checkName, document, template }: Use,
  described: DocumentDescription | undefined,
): readonly Result[] {
  const say = (what: string, remedy: string) => [fail(`${checkName}: ${document} ${what}`, remedy)];
  if (described === undefined) return say('does not exist here', 'create or share it, or mend the mapping');
  const { DocumentType, Status, Parameters = [] } = described;
  if (DocumentType !== undefined && DocumentType !== 'Automation')
    return say(
      `is a ${DocumentType} document, and not a runbook`,
      'name an Automation document in the mapping',
    );
  if (Status !== undefined && Status !== 'Active')
    return say(`is ${Status}`, 'look at it in Systems Manager');
  const given = namesIn(template);
  if (given instanceof RemediatorError)
    return say(`cannot be given its parameters: ${given.message}`, given.remedy);
  const known = Parameters.map(({ Name = '' }) => Name);
  const unknown = given.filter((name) => !known.includes(name));
  const missing = Parameters.filter(
    ({ DefaultValue, Name = '' }) => DefaultValue === undefined && !given.includes(Name),
  );
  return [
    ...(unknown.length === 0
      ? []
      : say(
          `has no parameter ${unknown.join(', ')}; it takes ${known.join(', ') || 'none'}`,
          'mend the mapping',
        )),
    ...(missing.length === 0
      ? []
      : say(`demands ${missing.map(({ Name }) => Name).join(', ')}`, 'add it to the mapping')),
  ];
}

function namesIn(template: string | undefined): readonly string[] | RemediatorError {
  if (template === undefined) return [];
  try {
    return parseTemplate(template).map(([name]) => name);
  } catch (error) {
    if (error instanceof RemediatorError) return error;
    throw error;
  }
}

async function describe(client: SSMClient, Name: string): Promise<DocumentDescription | undefined> {
  try {
    return (await client.send(new DescribeDocumentCommand({ Name }))).Document ?? {};
  } catch (error) {
    if (isAwsError(error, 'InvalidDocument', 'ValidationException')) return undefined;
    throw error;
  }
}
