import { AwsError } from '../../aws-error.ts';
import type { Association } from './association.ts';

/** Associations by ID, in the order in which they were made. */
export class AssociationStore {
  readonly #associations = new Map<string, Association>();

  add(association: Association): void {
    this.#associations.set(association.id, association);
  }

  list(): Association[] {
    return [...this.#associations.values()];
  }

  find(id: string): Association | undefined {
    return this.#associations.get(id);
  }

  delete(id: string): void {
    this.#associations.delete(id);
  }

  /**
   * The association of an ID, or of a document and an instance.
   * @throws AwsError AssociationDoesNotExist
   */
  require(asked: {
    id?: string | undefined;
    name?: string | undefined;
    instanceId?: string | undefined;
  }): Association {
    const found =
      asked.id === undefined
        ? this.list().find(
            ({ documentName, instanceId }) =>
              documentName === asked.name && instanceId !== undefined && instanceId === asked.instanceId,
          )
        : this.find(asked.id);
    if (found) return found;
    throw new AwsError('AssociationDoesNotExist', 'The specified association does not exist.');
  }
}
