/** Statuses of an OpsItem of type `/aws/issue`. Others of the API's are of change and access requests. */
export const OPS_ITEM_STATUSES = ['Open', 'InProgress', 'Resolved'] as const;
export type OpsItemStatus = (typeof OPS_ITEM_STATUSES)[number];

export interface OperationalValue {
  readonly Value: string;
  readonly Type: 'SearchableString' | 'String';
}

export type OperationalData = Readonly<Record<string, OperationalValue>>;

/** What CreateOpsItem and UpdateOpsItem both can set. */
export interface OpsItemContent {
  readonly Title: string;
  readonly Description: string;
  readonly Priority?: number;
  readonly Category?: string;
  readonly Severity?: string;
  readonly Notifications?: readonly { readonly Arn: string }[];
  readonly RelatedOpsItems?: readonly { readonly OpsItemId: string }[];
  readonly OperationalData: OperationalData;
  readonly ActualStartTime?: Date;
  readonly ActualEndTime?: Date;
  readonly PlannedStartTime?: Date;
  readonly PlannedEndTime?: Date;
}

/**
 * An OpsItem, in the members of the API.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_OpsItem.html
 */
export interface OpsItem extends OpsItemContent {
  readonly OpsItemId: string;
  readonly OpsItemArn: string;
  readonly OpsItemType: string;
  readonly Source: string;
  readonly Status: OpsItemStatus;
  readonly Version: string;
  readonly CreatedBy: string;
  readonly CreatedTime: Date;
  readonly LastModifiedBy: string;
  readonly LastModifiedTime: Date;
}

/** The string by which duplicates are found, if the OpsItem has one. */
export function dedupStringOf(item: Pick<OpsItem, 'OperationalData'>): string | undefined {
  const value = item.OperationalData['/aws/dedup']?.Value;
  if (value === undefined) return undefined;
  const { dedupString } = JSON.parse(value) as { dedupString: string };
  return dedupString;
}

/** Whether the OpsItem keeps others of the same dedup string from being made. */
export function isUnresolved(item: Pick<OpsItem, 'Status'>): boolean {
  return item.Status !== 'Resolved';
}
