import type { JsonObject } from '../../service.ts';

/** One run of an association: the command that it sent. */
export interface AssociationExecution {
  readonly id: string;
  readonly createdAt: Date;
  readonly commandId: string;
}

/** A State Manager association, in its one version. */
export interface Association {
  readonly id: string;
  /** Of the document that it applies. */
  readonly documentName: string;
  readonly documentVersion: string;
  readonly associationName: string | undefined;
  readonly instanceId: string | undefined;
  readonly targets: readonly JsonObject[];
  /** Lists of strings by name. */
  readonly parameters: JsonObject;
  readonly scheduleExpression: string | undefined;
  /** Members that are shown as they were given, such as `ComplianceSeverity`. */
  readonly settings: JsonObject;
  readonly createdAt: Date;
  /** The newest last. */
  readonly executions: AssociationExecution[];
}

export const ASSOCIATION_VERSION = '1';
