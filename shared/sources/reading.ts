import type { Finding } from '../domain/finding.ts';
import { detailOf, isObject } from './envelope.ts';

/** A finding whose detail is made where it is asked for: that takes longer than all else, and few templates ask. */
export type LazyFinding = Omit<Finding, 'detail'> & { readonly detail: () => Finding['detail'] };

/** Reads one finding of an event. @throws RemediatorError EVENT_INCOMPLETE */
export type Reading = () => LazyFinding;

export function withDetail(finding: LazyFinding): Finding {
  return { ...finding, detail: finding.detail() };
}

/** What a source is told beside the event. */
export interface ReadOptions {
  /** IDs of the custom actions of Security Hub that are an approval; `*`: all of them. */
  readonly approvalActions?: readonly string[];
}

/** What an event says of one resource of one finding, each of which is a finding of ours. */
export interface Part {
  readonly finding: unknown;
  /** undefined: the finding has none. */
  readonly resource: unknown;
}

/**
 * The parts of `detail.findings`, each read by itself, so that one that cannot be read does not lose the others.
 * @param resourcesKey what a finding's list of resources is called
 * @returns one part at least: an event without findings is one that cannot be read
 */
export function partsOf(event: unknown, resourcesKey: string): readonly Part[] {
  const { findings } = detailOf(event);
  const list: readonly unknown[] = Array.isArray(findings) ? findings : [findings];
  const parts = list.flatMap((finding) => {
    const resources = isObject(finding) ? finding[resourcesKey] : undefined;
    return Array.isArray(resources) && resources.length > 0
      ? resources.map((resource: unknown) => ({ finding, resource }))
      : [{ finding, resource: undefined }];
  });
  return parts.length > 0 ? parts : [{ finding: undefined, resource: undefined }];
}
