import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../service.ts';
import type { Runbook, StepDefinition } from '../runbook.ts';

/** A file that belongs to one version of a document, for aws:executeScript. */
export interface Attachment {
  readonly name: string;
  /** Where it is. */
  readonly url: string;
  /** Undefined: it is there no longer. */
  read(): Uint8Array | undefined;
}

export const ATTACHMENT_NAME = /^[a-zA-Z0-9_\-.]{3,128}$/;

/**
 * Of one runbook.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-document-script-considerations.html
 */
export const MAX_ATTACHMENTS = 5;

/** SHA-256 in hexadecimal. */
export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Files that a runbook speaks of: in `files`, or as the `Attachment` of a step. */
export function attachmentNames(runbook: Runbook): string[] {
  return [...new Set([...runbook.files.keys(), ...runbook.steps.flatMap(namesIn)])];
}

function namesIn({ action, inputs, steps }: StepDefinition): string[] {
  const { Attachment: name } = inputs;
  const own = action === 'aws:executeScript' && typeof name === 'string' ? [name] : [];
  return [...own, ...steps.flatMap(namesIn)];
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AttachmentContent.html */
export function toAttachmentContent({ name, url, read }: Attachment): JsonObject {
  const content = read();
  if (content === undefined) return { Name: name, Url: url };
  return { Name: name, Size: content.byteLength, Hash: sha256(content), HashType: 'Sha256', Url: url };
}
