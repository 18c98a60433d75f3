import { checkCircles } from './checks/circles.ts';
import { checkInputs } from './checks/inputs.ts';
import { checkLiterals } from './checks/literals.ts';
import { checkOutputs } from './checks/outputs.ts';
import { checkParameters } from './checks/parameters.ts';
import { checkReach } from './checks/reach.ts';
import { checkShape } from './checks/shape.ts';
import { checkSteps } from './checks/steps.ts';
import { checkTokens } from './checks/tokens.ts';
import type { Fault, Report } from './fault.ts';
import { type DocumentFormat, MAX_BYTES } from './parse-content.ts';
import type { Runbook } from './runbook.ts';
import { documentSchema } from './schema.ts';
import { readSource, type Source } from './source.ts';
import { toRunbook } from './to-runbook.ts';
import { walkSteps } from './walk-steps.ts';

export interface Validation {
  /** All of them, in the order of the text. */
  readonly faults: readonly Fault[];
  /** Where no fault is an error. */
  readonly runbook?: Runbook;
}

/**
 * Checks an Automation document of schema 0.3: everything that is wrong with it at once, each with its
 * place. Errors are what AWS would refuse, or what could never run; warnings AWS accepts. Never throws.
 * @param format where it is not given, a text that begins with a brace is JSON, any other is YAML
 */
export function validateDocument(text: string, format?: DocumentFormat): Validation {
  if (Buffer.byteLength(text) >= MAX_BYTES) {
    return {
      faults: [{ ...TOP, message: 'The size limit of a document is 64 KB', code: 'MaxDocumentSizeExceeded' }],
    };
  }
  const source = readSource(text, format ?? (text.trimStart().startsWith('{') ? 'JSON' : 'YAML'));
  const faults = [...source.faults, ...check(source)].sort((a, b) => a.line - b.line || a.column - b.column);
  const parsed = documentSchema.safeParse(source.content);
  if (faults.some(({ severity }) => severity === 'error') || !parsed.success) return { faults };
  return { faults, runbook: toRunbook(parsed.data) };
}

const TOP = { line: 1, column: 1, severity: 'error' } as const;

function check({ content, locate }: Source): Fault[] {
  if (content === undefined) return [];
  const faults: Fault[] = [];
  const report: Report = (finding) => faults.push(locate(finding));
  // Documents of other schemas are other languages: one fault says more than many.
  if (String(content.schemaVersion) !== '0.3') {
    report({
      path: ['schemaVersion'],
      message: `The document schema version ${String(content.schemaVersion)} is not supported. Automation runbooks have schemaVersion '0.3' (a string)`,
      code: 'InvalidDocumentSchemaVersion',
    });
    return faults;
  }
  const steps = walkSteps(content);
  checkShape(content, steps, report);
  checkParameters(content, report);
  checkSteps(steps, report);
  checkInputs(steps, report);
  checkLiterals(content, steps, report);
  checkTokens(content, steps, report);
  checkOutputs(content, steps, report);
  checkReach(steps, report);
  checkCircles(steps, report);
  return faults;
}
