import { invalidParameter } from './errors.ts';
import type { InputReader, TextLimits } from './input-reader.ts';
import { checkOperationalData, readOperationalData } from './operational-data.ts';
import type { OpsItemContent } from './ops-item.ts';

const NOT_BLANK_LINE = /^(?!\s*$).+/;
const MAX_PRIORITY = 5;

export const TITLE: TextLimits = { min: 1, max: 1024, pattern: NOT_BLANK_LINE };
export const DESCRIPTION: TextLimits = { min: 1, max: 2048, pattern: /[\s\S]*\S[\s\S]*/ };
export const SOURCE: TextLimits = { min: 1, max: 128, pattern: NOT_BLANK_LINE };
export const OPS_ITEM_ID: TextLimits = { pattern: /^(oi)-[0-9a-f]{12}$/ };
const LABEL: TextLimits = { min: 1, max: 64, pattern: NOT_BLANK_LINE };

/** The members that both CreateOpsItem and UpdateOpsItem take, except title, description and operational data. */
type Details = Omit<OpsItemContent, 'Title' | 'Description' | 'OperationalData'>;

/** Reads them; what is not given is not in the result. */
export function readDetails(reader: InputReader): Details {
  return withoutUndefined({
    Priority: reader.integer('Priority', { min: 1, max: MAX_PRIORITY }),
    Category: reader.text('Category', LABEL),
    Severity: reader.text('Severity', LABEL),
    Notifications: readNotifications(reader),
    RelatedOpsItems: readRelated(reader),
    ActualStartTime: reader.time('ActualStartTime'),
    ActualEndTime: reader.time('ActualEndTime'),
    PlannedStartTime: reader.time('PlannedStartTime'),
    PlannedEndTime: reader.time('PlannedEndTime'),
  });
}

/** Reads OperationalData, after which everything that the model says is checked, and OpsCenter's own rules are. */
export function readDataAndCheck(reader: InputReader): OpsItemContent['OperationalData'] {
  const data = readOperationalData(reader);
  reader.throwViolations();
  checkOperationalData(data);
  return data;
}

/** @throws AwsError OpsItemInvalidParameterException */
export function checkSource(source: string): void {
  if (/aws|amazon|amzn/i.test(source)) {
    throw invalidParameter('Source', 'The source name must not contain the strings aws, amazon or amzn');
  }
}

function readNotifications(reader: InputReader): { Arn: string }[] | undefined {
  return reader.structures('Notifications')?.map(({ Arn }) => {
    if (typeof Arn !== 'string' || !/^arn:[^:]+:sns:/.test(Arn)) {
      throw invalidParameter('Notifications', 'A notification needs the ARN of an SNS topic');
    }
    return { Arn };
  });
}

function readRelated(reader: InputReader): { OpsItemId: string }[] | undefined {
  return reader.structures('RelatedOpsItems')?.map(({ OpsItemId }) => {
    if (typeof OpsItemId !== 'string' || !OPS_ITEM_ID.pattern?.test(OpsItemId)) {
      throw invalidParameter('RelatedOpsItems', 'A related OpsItem needs an ID such as oi-0123456789ab');
    }
    return { OpsItemId };
  });
}

function withoutUndefined<T extends object>(record: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  // Object.fromEntries forgets the keys that Object.entries has just listed.
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
