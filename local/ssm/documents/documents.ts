import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Operation } from '../../service.ts';
import type { TagStore } from '../tags/tag-store.ts';
import { DocumentStore, type NewDocument } from './document-store.ts';
import { loadDirectory, type RunbookDirectory } from './load-directory.ts';
import { createDocument } from './operations/create-document.ts';
import { describeDocument } from './operations/describe-document.ts';
import { getDocument } from './operations/get-document.ts';
import { listDocuments } from './operations/list-documents.ts';

export interface DocumentDeps {
  readonly clock: Clock;
  readonly tags: TagStore;
  readonly store: DocumentStore;
}

export interface Documents {
  readonly operations: Readonly<Record<string, Operation>>;
  readonly store: DocumentStore;
}

export interface DocumentOptions {
  readonly clock: Clock;
  readonly tags: TagStore;
  /** Owner of the runbooks in `runbooks/`. */
  readonly accountId: string;
  /** @default local/runbooks (Amazon's) and runbooks (the account's) */
  readonly directories?: readonly RunbookDirectory[];
  /** Further ones; each takes the place of a preloaded one of its name. */
  readonly documents?: readonly NewDocument[];
}

/**
 * Systems Manager's documents: ListDocuments, DescribeDocument, GetDocument, CreateDocument.
 * @throws AwsError where one of `documents` is not valid; a preloaded one is checked when it is first asked for
 */
export function createDocuments(options: DocumentOptions): Documents {
  const store = new DocumentStore();
  const added = (options.documents ?? []).map((document) => store.add(document).name);
  const directories = options.directories ?? preloaded(options.accountId);
  const loaded = directories.flatMap((directory) => loadDirectory(store, directory));
  for (const name of [...added, ...loaded]) options.tags.register('Document', name);
  const deps: DocumentDeps = { clock: options.clock, tags: options.tags, store };
  return {
    store,
    operations: {
      ListDocuments: (input) => listDocuments(deps, input),
      DescribeDocument: (input) => describeDocument(deps, input),
      GetDocument: (input) => getDocument(deps, input),
      CreateDocument: (input, context) => createDocument(deps, input, context),
    },
  };
}

function preloaded(accountId: string): RunbookDirectory[] {
  const root = join(import.meta.dirname, '..', '..', '..');
  return [
    { directory: join(root, 'local', 'runbooks'), owner: 'Amazon' },
    { directory: join(root, 'runbooks'), owner: accountId },
  ];
}
