import { type Command, InvalidArgumentError } from 'commander';
import { isUrl } from '../../local/command.ts';
import { addJson } from '../connection-options.ts';
import { addManual, judged } from '../manual.ts';
import type { RunOptions } from './run.ts';
import type { ValidateOptions } from './validate.ts';

/** Adds `runbook run` and `runbook validate`. What they need is loaded when they run, so that help is quick. */
export function addRunbook(program: Command): void {
  const runbook = program
    .command('runbook')
    .summary('run and check Automation documents, before they touch production')
    .description('Runs and checks Automation documents, before they touch production.');

  const run = runbook
    .command('run')
    .summary('run one document, and show each step')
    .description(
      'Runs one Automation document to its end, without the rest of the cloud, and shows each step as it goes.\nThe runbooks of this checkout are there too, under their names, for aws:executeAutomation.',
    )
    .argument('<file>', 'the document, YAML or JSON')
    .option(
      '--parameters <name=value...>',
      'what the document takes; a list is a,b or ["a","b"], a map is JSON. Or all of them as one JSON object',
    )
    .option(
      '--account <memory|URL|aws>',
      'what it acts on: an account in memory, an AWS-compatible endpoint (moto, LocalStack, npm start), or AWS itself with your own credentials',
      accountOf,
      'memory',
    )
    .option(
      '--region <name>',
      'where it runs (default: us-east-1; for aws: the one that is configured)',
      regionOf,
    )
    .option(
      '--dry-run',
      'change nothing: read (Describe, Get, List, Head, Search, Lookup) and list the calls to be made',
    )
    .option('--allow-webhooks', 'let aws:invokeWebhook send its requests')
    .option('--verbose', 'show inputs and outputs in full');
  addManual(addJson(run), {
    exitCodes: {
      0: 'the runbook succeeded; of a dry run: it would, as far as can be told',
      1: 'the runbook failed, was stopped or timed out; or the document has errors',
      2: 'it could not be run: usage, file, parameters, endpoint or credentials',
      130: 'Ctrl-C cancelled it; its onCancel steps have run',
    },
    json: `what GetAutomationExecution answers, at the end:
{AutomationExecutionId, AutomationExecutionStatus, StepExecutions: […],
 Outputs: {…}, FailureMessage?, …, NestedExecutions: [{…}]}
with --dry-run: {dryRun, status, failureMessage,
 wouldCall: [{document, step, action, service, operation, input}],
 read: [the same], skipped: [{document, step, action, what, inputs, …}],
 notes: [{document, step, action, text}], failures: [the same]}`,
    examples: [
      'remediator runbook run runbook.yaml --parameters InstanceId=i-0123456789abcdef0 --dry-run',
      `remediator runbook run runbook.yaml --parameters Ids=i-1,i-2 'Tags={"a":"b"}' --account http://127.0.0.1:5000`,
    ],
  }).action(async (file: string, options: RunOptions) => {
    const { runRunbook } = await import('./run.ts');
    process.exitCode = await runRunbook(file, options);
  });

  const validate = runbook
    .command('validate')
    .summary('check documents')
    .description(
      'Checks Automation documents, and says everything that is wrong with them, with line and column.',
    )
    .argument('<file...>', 'the documents, YAML or JSON');
  addManual(addJson(validate), {
    exitCodes: judged(
      'no document has errors; warnings are what AWS accepts',
      'a document has errors: what AWS refuses, or what could never run',
      'wrong usage, or a file that is missing, a directory, empty, or no text',
    ),
    json: `{files, errors, warnings, unreadable,
 results: [{file, faults: [{line, column, severity, code, message}]}
  or {file, error: {code, message}}]}`,
    examples: ['remediator runbook validate runbooks/*.yaml'],
  }).action(async (files: string[], options: ValidateOptions) => {
    const { validateFiles } = await import('./validate.ts');
    process.exitCode = await validateFiles(files, options);
  });
}

function regionOf(text: string): string {
  if (/^[a-z]{2,8}(-[a-z]+)+-\d{1,2}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a region such as us-east-1.');
}

function accountOf(text: string): string {
  if (text === 'memory' || text === 'aws' || isUrl(text)) return text;
  throw new InvalidArgumentError('It must be memory, aws, or a URL such as http://127.0.0.1:5000.');
}
