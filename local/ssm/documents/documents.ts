import { join } from 'node:path';
import type { Account } from '../../account/account.ts';
import { AwsError } from '../../aws-error.ts';
import type { Clock } from '../../clock.ts';
import type { Operation } from '../../service.ts';
import type { AttachedFile } from '../automation/deps.ts';
import type { TagStore } from '../tags/tag-store.ts';
import { DocumentStore, type NewDocument } from './document-store.ts';
import { loadDirectory, type RunbookDirectory } from './load-directory.ts';
import { createDocument } from './operations/create-document.ts';
import { deleteDocument } from './operations/delete-document.ts';
import { describeDocument } from './operations/describe-document.ts';
import { getCalendarState } from './operations/get-calendar-state.ts';
import { getDocument } from './operations/get-document.ts';
import { listDocumentVersions } from './operations/list-document-versions.ts';
import { listDocuments } from './operations/list-documents.ts';
import { updateDocument } from './operations/update-document.ts';
import { updateDocumentDefaultVersion } from './operations/update-document-default-version.ts';

export interface DocumentDeps {
  readonly clock: Clock;
  readonly tags: TagStore;
  readonly store: DocumentStore;
  /** Whose S3 attachments come from. */
  readonly account: Pick<Account, 'call'>;
}

export interface Documents {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly store: DocumentStore;
  /** The content of a file that is attached to a document; undefined where it has none of the name. */
  attachment(file: AttachedFile): Uint8Array | undefined;
}

export interface DocumentOptions {
  readonly clock: Clock;
  readonly tags: TagStore;
  /** Owner of the runbooks in `runbooks/`. */
  readonly accountId: string;
  /** Whose S3 attachments come from. @default there is none */
  readonly account?: Pick<Account, 'call'>;
  /** @default local/runbooks (Amazon's) and runbooks (the account's) */
  readonly directories?: readonly RunbookDirectory[];
  /** Further ones; each takes the place of a preloaded one of its name. */
  readonly documents?: readonly NewDocument[];
}

/**
 * Systems Manager's documents, in all their versions, with their attachments.
 * @throws AwsError where one of `documents` is not valid; a preloaded one is checked when it is first asked for
 */
export function createDocuments(options: DocumentOptions): Documents {
  const store = new DocumentStore();
  const added = (options.documents ?? []).map((document) => store.add(document).name);
  const directories = options.directories ?? preloaded(options.accountId);
  const loaded = directories.flatMap((directory) => loadDirectory(store, directory));
  for (const name of [...added, ...loaded]) options.tags.register('Document', name);
  const { clock, tags, account = NO_ACCOUNT } = options;
  const deps: DocumentDeps = { clock, tags, store, account };
  return {
    store,
    attachment: ({ documentName, documentVersion, name }) =>
      store.find(documentName, documentVersion)?.attachments.get(name)?.read(),
    operations: {
      ListDocuments: (input) => listDocuments(deps, input),
      ListDocumentVersions: (input) => listDocumentVersions(deps, input),
      GetCalendarState: (input) => getCalendarState(deps, input),
      DescribeDocument: (input) => describeDocument(deps, input),
      GetDocument: (input) => getDocument(deps, input),
      CreateDocument: (input, context) => createDocument(deps, input, context),
      DeleteDocument: (input) => deleteDocument(deps, input),
      UpdateDocument: (input, context) => updateDocument(deps, input, context),
      UpdateDocumentDefaultVersion: (input) => updateDocumentDefaultVersion(deps, input),
    },
  };
}

const NO_ACCOUNT: Pick<Account, 'call'> = {
  call: ({ service }) =>
    Promise.reject(new AwsError('NotImplemented', `There is no account here that has ${service}.`)),
};

function preloaded(accountId: string): RunbookDirectory[] {
  const root = join(import.meta.dirname, '..', '..', '..');
  return [
    { directory: join(root, 'local', 'runbooks'), owner: 'Amazon' },
    { directory: join(root, 'runbooks'), owner: accountId },
  ];
}
