import { AwsError } from '../../aws-error.ts';
import type { Fault } from './fault.ts';
import type { DocumentFormat } from './parse-content.ts';
import type { Runbook } from './runbook.ts';
import { validateDocument } from './validate.ts';

/** Faults that AWS has an error of its own for. */
const CODES = new Set(['MaxDocumentSizeExceeded', 'InvalidDocumentSchemaVersion']);

/**
 * The runbook of a document that has no errors.
 * @throws AwsError MaxDocumentSizeExceeded, InvalidDocumentSchemaVersion; InvalidDocumentContent with every error
 */
export function validRunbook(content: string, format: DocumentFormat): Runbook {
  const { faults, runbook } = validateDocument(content, format);
  if (runbook !== undefined) return runbook;
  const errors = faults.filter(({ severity }) => severity === 'error');
  const own = errors.find(({ code }) => CODES.has(code));
  if (own !== undefined) throw new AwsError(own.code, `${own.message}.`);
  throw new AwsError(
    'InvalidDocumentContent',
    `The document content is not valid: ${errors.map(describe).join('; ')}.`,
  );
}

function describe({ message, line, column }: Fault): string {
  return `line ${line}, column ${column}: ${message}`;
}
