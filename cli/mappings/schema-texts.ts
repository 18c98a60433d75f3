import type { packRowSchema, packSchema } from './pack-schema.ts';

/** What editors show beside a row's attribute; docs/mappings.md has it in full. */
export const ROW_TEXTS: Readonly<Record<keyof (typeof packRowSchema)['shape'], string>> = {
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

/** What editors show beside a pack's own attribute. */
export const PACK_TEXTS: Readonly<Record<keyof (typeof packSchema)['shape'], string>> = {
  $schema: 'Where this schema is',
  name: 'The name to install it by',
  description: 'What it is for',
  parameters:
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as packs have it
    'What is different in each account: ${param:Name} in any text of a row, filled in on installing',
  rows: 'Rows of AutomationMappingTable, each for another check',
};

/** And beside what is inside of one: by the names on the way to it. */
export const INNER_TEXTS: Readonly<Record<string, string>> = {
  'parameters.description': 'What it is, for whoever installs the pack',
  'parameters.example':
    'A value: what the examples of rows are filled with, and what a message about it shows',
  'parameters.default': 'What it is where nobody says it; without one it has to be said',
  'parameters.pattern': 'RE2 that the whole value has to match',
  'accounts.include': 'Only these accounts, 12 digits each',
  'accounts.exclude': 'All accounts but these',
  'regions.include': 'Only these regions',
  'regions.exclude': 'All regions but these',
  'resourcePattern.include': 'RE2: only resources in which it finds something',
  'resourcePattern.exclude': 'RE2: all resources but those in which it finds something',
  'stopAfter.findings': 'More findings than that …',
  'stopAfter.withinMinutes': '… in so many minutes',
  'failureBreaker.failures': 'So many failures …',
  'failureBreaker.withinMinutes': '… in so many minutes',
  'failureBreaker.trialAfterMinutes': 'When one attempt is tried again (default 60)',
  'windows.hours': 'A cron expression with five fields: * 22-23 * * MON-FRI is each minute of these hours',
  'windows.timeZone': 'Such as Europe/Zurich (default UTC)',
  'loop.times': 'Remediated so often …',
  'loop.withinHours': '… in so many hours',
  'opsItem.severity': '1 is critical, 4 is low',
  'opsItem.category': 'Such as Security, Cost, Availability',
  'opsItem.priority': '1 is the highest, 5 the lowest',
  'opsItem.data': 'Further operational data: keys and texts',
  'opsItem.per': 'resource: one for each finding; check: one that gathers all of the check',
  'examples.resource': 'What the event names: an ARN or an ID',
  'examples.detail': "The event's own keys, for $detail['Key']",
  'examples.account': "Where the ARN does not tell (default that of the resource's ARN, else 111122223333)",
  'examples.region': "Where the ARN does not tell (default that of the resource's ARN, else us-east-1)",
  'examples.status': 'Red, or Yellow (default Red)',
  'examples.expect': 'What has to come of it',
  'examples.expect.parameters': "The runbook's parameters, exactly",
  'examples.expect.error':
    'The code of the error: RESOURCE_NOT_MATCHED, PLACEHOLDER_UNKNOWN, PARAMETER_EMPTY …',
};
