import { z } from 'zod';
import { TOKEN } from '../../documents/token-syntax.ts';
import { StepFailure } from '../failure.ts';
import { NOWHERE, scriptEnvironment } from '../script/environment.ts';
import { findPython } from '../script/python.ts';
import { runScript, type ScriptOutcome } from '../script/run-script.ts';
import { Slots } from '../script/slots.ts';
import { createWorkspace } from '../script/workspace.ts';
import { asText, executionScope, type TokenScope } from '../tokens.ts';
import type { Action, ActionContext, ActionResult } from './action.ts';
import { invalidInput } from './inputs.ts';
import { withCeiling } from './support/ceiling.ts';
import { findAttachment } from './support/find-attachment.ts';
import { lines, readInputs, text } from './support/input-schema.ts';
import { outputsOf } from './support/result.ts';

const LONGEST_SECONDS = 600;
const DEFAULT_MEMORY_MB = 512;
/** Interpreters are heavy: a laptop runs so many at once, however many executions there are. */
const slots = new Slots(8);

const CONTEXT_NAMES = [
  'automation:EXECUTION_ID',
  'global:ACCOUNT_ID',
  'global:AWS_PARTITION',
  'global:DATE',
  'global:DATE_TIME',
  'global:REGION',
];

const INPUTS = {
  Runtime: text,
  Handler: text.optional(),
  Script: lines.optional(),
  Attachment: text.optional(),
  InputPayload: z.unknown().optional(),
};

interface ScriptInputs {
  readonly Handler: string;
  readonly Script: string | undefined;
  readonly Attachment: string | undefined;
  readonly InputPayload: unknown;
}

/**
 * Runs a Python script in a process of its own, whatever version of Python 3 is there. What the handler returns is
 * `Payload`, what the script prints is `ExecutionLog`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html
 */
export const executeScript: Action = {
  name: 'aws:executeScript',
  defaultTimeoutSeconds: LONGEST_SECONDS,
  // Braces are Python's as well: only what is a token is filled in.
  unresolvedInputs: ['Script'],
  lenientInputs: ['InputPayload'],
  // Nothing of it is left when its step has ended.
  endsItself: true,
  // What is attached does not depend on what runs before.
  check: async (context) => {
    const { Attachment } = context.inputs;
    if (typeof Attachment === 'string') await findAttachment(context, Attachment);
  },
  takeTurn: (signal) => slots.take(signal),
  run: async (context) => {
    const inputs = readScriptInputs(context);
    return withCeiling(context, LONGEST_SECONDS, (limited) => runInputs(limited, inputs));
  },
};

function readScriptInputs({ inputs }: ActionContext): ScriptInputs {
  const { Runtime, Handler, Script, Attachment, InputPayload } = readInputs(inputs, INPUTS);
  if (/^powershell|^dotnet/i.test(Runtime)) {
    throw invalidInput(
      `the Runtime ${Runtime} is PowerShell, which this Systems Manager does not run. It runs Python: python3.11`,
    );
  }
  if (!/^python3\.(\d{1,2}|x)$/i.test(Runtime)) {
    throw invalidInput(`there is no Runtime ${Runtime}. This Systems Manager runs Python: python3.11`);
  }
  if (Handler === undefined) throw invalidInput('the input Handler is missing');
  if (!/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(Handler)) {
    throw invalidInput(`the Handler ${Handler} is not the name of a function, or file.function`);
  }
  if (Script === undefined && Attachment === undefined) {
    throw invalidInput('Script or Attachment has to be given');
  }
  return { Handler, Script, Attachment, InputPayload: readPayload(InputPayload) };
}

/** A map; or its JSON, where a runbook passes a parameter on. */
function readPayload(payload: unknown): unknown {
  if (payload === undefined) return {};
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch (error) {
    if (error instanceof SyntaxError) return payload;
    throw error;
  }
}

async function runInputs(context: ActionContext, inputs: ScriptInputs): Promise<ActionResult> {
  const { deps, execution, signal } = context;
  const options = deps.scripts ?? {};
  const scope = executionScope(execution, deps.clock.now());
  const script = inputs.Script === undefined ? undefined : fillTokens(inputs.Script, scope);
  const python = await findPython(options);
  const attachment = await findAttachment(context, inputs.Attachment);
  await using workspace = await createWorkspace({ script, attachment });
  const { directory } = workspace;
  const memoryLimitMb = options.memoryLimitMb ?? DEFAULT_MEMORY_MB;
  const outcome = await runScript(
    {
      executable: python.executable,
      directory,
      environment: scriptEnvironment({
        python,
        directory,
        region: execution.region,
        endpointUrl: deps.endpointUrl?.(),
        options,
      }),
      id: deps.ids.uuid(),
    },
    {
      handler: inputs.Handler,
      events: inputs.InputPayload,
      // The handler's second parameter, with keys such as `global:REGION`.
      context: Object.fromEntries(CONTEXT_NAMES.map((name) => [name, scope(name)])),
      attachment: attachment?.name,
      memoryLimitMb,
    },
    signal,
  );
  return toResult(outcome, memoryLimitMb);
}

/** Fills in the tokens that name something; all other braces are the script's own. */
function fillTokens(script: string, scope: TokenScope): string {
  return script.replaceAll(TOKEN, (token, name: string) => {
    const value = scope(name);
    return value === undefined ? token : asText(value);
  });
}

function toResult(outcome: ScriptOutcome, memoryLimitMb: number): ActionResult {
  const ExecutionLog = outcome.log;
  if (outcome.kind === 'died') throw failure(outcome.reason, ExecutionLog);
  const { answer } = outcome;
  if ('payload' in answer) {
    const outputs = { Payload: answer.payload, ExecutionLog };
    return { response: outputs, outputs: outputsOf(outputs) };
  }
  throw failure(`${String(answer.error)}${remedyFor(answer, memoryLimitMb)}`, ExecutionLog);
}

function failure(reason: string, ExecutionLog: string): StepFailure {
  return new StepFailure(reason, {
    during: 'Poll action status for completion',
    outputs: new Map([['ExecutionLog', ExecutionLog]]),
  });
}

function remedyFor({ error, kind, module }: Record<string, unknown>, memoryLimitMb: number): string {
  if (kind === 'MemoryError') return `. The script needed more than its memory limit of ${memoryLimitMb} MB`;
  if (String(error).includes(NOWHERE)) return '. There is no endpoint here that scripts could call';
  if (module !== 'boto3' && module !== 'botocore') return '';
  return '. In AWS boto3 is there; here it has to be installed: python3 -m pip install boto3';
}
