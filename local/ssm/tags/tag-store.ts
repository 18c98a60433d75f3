import { AwsError } from '../../aws-error.ts';

/** One tag, as Systems Manager's API spells it. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

const MAX_TAGS = 50;

/**
 * Tags of Systems Manager's own resources, by resource type (`Automation`, `Document`, `OpsItem`,
 * `Parameter` …) and ID. A resource has to be registered before it can be tagged through the API.
 */
export class TagStore {
  readonly #tags = new Map<string, Map<string, string>>();

  /** Makes a resource known, so that it can be tagged; its tags, if any, stay. */
  register(type: string, id: string): void {
    const key = keyOf(type, id);
    if (!this.#tags.has(key)) this.#tags.set(key, new Map());
  }

  /** Forgets a resource and its tags. */
  unregister(type: string, id: string): void {
    this.#tags.delete(keyOf(type, id));
  }

  exists(type: string, id: string): boolean {
    return this.#tags.has(keyOf(type, id));
  }

  /**
   * Replaces all tags of a resource, and registers it.
   * @throws AwsError TooManyTagsError
   */
  set(type: string, id: string, tags: readonly Tag[]): void {
    const replacement = new Map(tags.map((tag) => [tag.Key, tag.Value]));
    assertRoom(replacement);
    this.#tags.set(keyOf(type, id), replacement);
  }

  /**
   * Adds tags or overwrites the values of those that are there; registers the resource.
   * @throws AwsError TooManyTagsError: then nothing is changed
   */
  add(type: string, id: string, tags: readonly Tag[]): void {
    const merged = new Map(this.#tags.get(keyOf(type, id)));
    for (const tag of tags) merged.set(tag.Key, tag.Value);
    assertRoom(merged);
    this.#tags.set(keyOf(type, id), merged);
  }

  /** Removes tags by key; keys that are not there are ignored. */
  remove(type: string, id: string, tagKeys: readonly string[]): void {
    const tags = this.#tags.get(keyOf(type, id));
    for (const key of tagKeys) tags?.delete(key);
  }

  /** The tags of a resource, in the order in which they were added; none where it is unknown. */
  list(type: string, id: string): Tag[] {
    return [...(this.#tags.get(keyOf(type, id)) ?? [])].map(([Key, Value]) => ({ Key, Value }));
  }
}

function keyOf(type: string, id: string): string {
  return JSON.stringify([type, id]);
}

function assertRoom(tags: ReadonlyMap<string, string>): void {
  if (tags.size > MAX_TAGS) {
    throw new AwsError(
      'TooManyTagsError',
      `The Tags parameter includes too many tags. A resource can have ${MAX_TAGS} at most.`,
    );
  }
}
