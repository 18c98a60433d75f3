import * as z from 'zod/mini';
import { packRowSchema, packSchema } from './pack-schema.ts';

type JsonSchema = Record<string, unknown>;

/** What editors show beside an attribute; docs/mappings.md has it in full. */
const ROW_TEXTS: Readonly<Record<keyof (typeof packRowSchema)['shape'], string>> = {
  checkName: 'The check, rule, control, alarm or finding type, as its source names it: the key of the row',
  ssmAutomationDocument: "The Automation runbook: ours, AWS's, or an ARN",
  automationParameters:
    "The runbook's parameters, lists of texts with $resourceId, $1, $account, $region, $detail['Key'] …",
  regexPattern: 'RE2, searched in the resource; its first group, else the whole match, is $resourceId',
  automationStatus: 'false: nothing acts by itself or by approval',
  rollbackDocument: 'The runbook that undoes it',
  rollbackParameters: 'Its parameters; $outputs.Step.Name is what the execution gave',
  executionMode: 'What may happen by itself',
  requiredTags: 'key or key=value: the resource must carry all of them',
  exemptTags: 'key or key=value: one of them, and the resource is left alone',
  accounts: 'Accounts that the row is for',
  regions: 'Regions that the row is for',
  resourcePattern: 'RE2, searched in the resource: resources that the row is for',
  maxAttempts: 'Attempts in one episode (default 3)',
  retryAfterSeconds: 'Before the second attempt; doubled for each further one (default 300)',
  coolDownSeconds: 'After a success, before the resource is touched again (default 0)',
  maxConcurrent: 'Executions of this check under way at a time',
  maxPerHour: 'Starts of this check in any sixty minutes',
  maxErrors:
    'Where findings are started together: failures after which the rest is not started (default 10%)',
  stopAfter: 'More findings than that are a storm: nothing more is started until a person says so',
  failureBreaker: 'After so many failures nothing is started until the time of the trial',
  changeCalendars: 'Change Calendars of Systems Manager: where one is closed it waits',
  windows: 'When it may start: cron expressions, open in each minute that one matches',
  approveWithinHours: 'How long a yes is awaited (default 72)',
  resolveOn:
    "execution: the runbook's success resolves the OpsItem; verification: only the check's next Green",
  verifyWithinHours: 'How long a Green is awaited (default 24)',
  onStillRed: 'What a newer Red after the success leads to (default retry)',
  loop: 'Remediated so often, and Red again each time: left to people (default 3 in 24 hours)',
  opsItem: "How the finding's OpsItem looks",
  why: 'Why this runbook, and why in this mode',
  undo: 'How people undo it',
  examples: 'Findings, and the parameters that must come of them: remediator mappings test',
};

const PACK_TEXTS: Readonly<Record<keyof (typeof packSchema)['shape'], string>> = {
  $schema: 'Where this schema is',
  name: 'The name to install it by',
  description: 'What it is for',
  parameters:
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as packs have it
    'What is different in each account: ${param:Name} in any text of a row, filled in on installing',
  rows: 'Rows of AutomationMappingTable, each for another check',
};

/** The published JSON Schema of packs (draft 7, which editors know best), made of the schema that rows are held to. */
export function packJsonSchema(): JsonSchema {
  const pack = described(packSchema, PACK_TEXTS);
  const row = described(packRowSchema, ROW_TEXTS);
  const { properties, ...rest } = pack;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Mapping pack of Remediator',
    ...rest,
    properties: {
      ...(properties as JsonSchema),
      rows: {
        description: PACK_TEXTS.rows,
        type: 'array',
        minItems: 1,
        items: { $ref: '#/definitions/row' },
      },
    },
    definitions: { row: { ...row, ...TOGETHER } },
  };
}

/** What the row's schema says of attributes together. */
const TOGETHER = {
  dependencies: { rollbackDocument: ['rollbackParameters'], rollbackParameters: ['rollbackDocument'] },
  if: { properties: { onStillRed: { const: 'rollback' } }, required: ['onStillRed'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['rollbackDocument'] },
};

function described(schema: z.ZodMiniType, texts: Readonly<Record<string, string>>): JsonSchema {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) as JsonSchema;
  const properties = Object.entries(plain.properties as Record<string, JsonSchema>).map(([name, each]) => [
    name,
    { description: texts[name], ...each },
  ]);
  return { ...plain, properties: Object.fromEntries(properties) };
}
