import type { AwsRunbooks } from '../../cli/mappings/catalogue.ts';
import type { MappingsFile, Row } from '../../cli/mappings/mappings-file.ts';

const HEAD = `# Mapping packs

Rows of AutomationMappingTable that are ready to use: each names a runbook that exists, exactly its parameters, a safe mode,
why, and how to undo it. This page is made of the files in [mappings/](../mappings); a test holds them together.

\`\`\`sh
npx remediator mappings test mappings/cloudtrail.json
npx remediator mappings diff cloudtrail --param CloudTrailName=management-events --param …
npx remediator mappings install cloudtrail --mode dryRun --param CloudTrailName=management-events --param …
\`\`\`

\`install\` shows what changes and asks; all rows are written, or none. \`--mode dryRun\` puts every row in that mode, or in its own
where that is safer: look at what it would have done, then install again without. Parameters of the account are \`--param
Name=value\`; roles of our own runbooks are outputs of the stack, roles of AWS's runbooks you make, with the actions that the
linked page lists. [cli.md](cli.md#mappings) has the commands, [mappings.md](mappings.md) every attribute.

In mode \`approval\` a person says yes to the exact parameters first; \`automatic\` starts by itself. Nothing that stops, deletes or
cuts off is \`automatic\`.
`;

interface Shown {
  readonly packs: readonly MappingsFile[];
  readonly runbooks: AwsRunbooks['runbooks'];
}

/** docs/packs.md */
export function renderPackPage({ packs, runbooks }: Shown): string {
  const total = packs.reduce((sum, { rows }) => sum + rows.length, 0);
  const overview = packs.map(
    ({ pack, rows }) =>
      `| [${pack}](#${pack}) | ${rows.length} | ${rows.filter(({ row }) => row.executionMode === 'automatic').length} |`,
  );
  return [
    HEAD,
    ['| pack | rows | of them automatic |', '| --- | --- | --- |', ...overview, `| all | ${total} | |`].join(
      '\n',
    ),
    ...packs.map((pack) => section(pack, runbooks)),
    '',
  ]
    .join('\n\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}

function section({ pack, parameters, rows, description }: MappingsFile, runbooks: Shown['runbooks']): string {
  const needed = Object.entries(parameters).map(
    ([name, each]) =>
      `| \`${name}\` | ${cell(each.description)} | ${each.default === undefined ? '' : `\`${each.default}\``} |`,
  );
  const shown = rows.map(
    ({ row }) =>
      `| ${cell(String(row.checkName))} | ${runbookLink(String(row.ssmAutomationDocument), runbooks)} | ${parameterCell(row)} | ${row.executionMode} | ${cell(String(row.why))} | ${cell(String(row.undo))} |`,
  );
  return [
    `## ${pack}`,
    '',
    description,
    '',
    '| parameter | what it is | default |',
    '| --- | --- | --- |',
    ...needed,
    '',
    '| check | runbook | parameters | mode | why | undo |',
    '| --- | --- | --- | --- | --- | --- |',
    ...shown,
  ].join('\n');
}

function runbookLink(name: string, runbooks: Shown['runbooks']): string {
  const page = runbooks[name]?.page ?? `../runbooks/README.md#${name.toLowerCase()}`;
  return `[${name}](${page})`;
}

function parameterCell({ automationParameters }: Row): string {
  return Object.entries(automationParameters as Readonly<Record<string, readonly string[]>>)
    .map(([name, values]) => `\`${name}=${cell(values.join(','))}\``)
    .join(' ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
