import { ATTACHMENT_NAME, sha256 } from '../../../documents/attachments/attachment.ts';
import type { ActionContext } from '../action.ts';
import { invalidInput } from '../inputs.ts';

/**
 * The document's attachment of that name, whose checksum is the one in the document's `files`.
 * @throws StepFailure where there is none, or it is another than the document says
 */
export async function findAttachment({ deps, execution }: ActionContext, name: string | undefined) {
  if (name === undefined) return undefined;
  if (!ATTACHMENT_NAME.test(name)) {
    throw invalidInput(`the Attachment ${name} is not the name of a file (3 to 128 letters, digits and _-.)`);
  }
  const { documentName, documentVersion } = execution;
  const content = await deps.attachments?.({ documentName, documentVersion, name });
  if (content === undefined) {
    throw invalidInput(
      `the document ${documentName} has no attachment ${name}. Attach it with CreateDocument, or put it into the folder ${documentName} beside the runbook's file`,
    );
  }
  const expected = execution.runbook.files.get(name)?.checksums.get('sha256');
  const found = sha256(content);
  if (expected === undefined) {
    throw invalidInput(
      `the document's files section has no sha256 checksum of the attachment ${name}; it is ${found}`,
    );
  }
  if (expected.toLowerCase() !== found) {
    throw invalidInput(
      `the attachment ${name} has the sha256 checksum ${found}, the document's files section says ${expected}`,
    );
  }
  return { name, content };
}
