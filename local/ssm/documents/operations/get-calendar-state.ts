import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { optionalString, optionalStrings, violation } from '../../tags/request.ts';
import { type ChangeCalendar, stateAt } from '../calendar/change-calendar.ts';
import type { DocumentStore } from '../document-store.ts';
import type { DocumentDeps } from '../documents.ts';

/**
 * Whether changes are allowed by calendars: where all of them are open.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetCalendarState.html
 * @throws AwsError InvalidDocument, InvalidDocumentType, UnsupportedCalendarException, ValidationException
 */
export function getCalendarState({ store, clock }: DocumentDeps, input: JsonObject): JsonObject {
  const names = optionalStrings(input, 'CalendarNames', { min: 1 });
  if (names.length === 0)
    throw violation('CalendarNames', null, 'Member must have length greater than or equal to 1');
  const calendars = names.map((name) => calendarOf(store, name));
  const at = timeOf(input) ?? clock.now();
  const { isOpen, changesAt } = stateAt(calendars, at);
  return {
    State: isOpen ? 'OPEN' : 'CLOSED',
    AtTime: toText(at),
    ...(changesAt === undefined ? {} : { NextTransitionTime: toText(changesAt) }),
  };
}

function calendarOf(store: DocumentStore, name: string): ChangeCalendar {
  const document = store.find(name);
  if (document === undefined)
    throw new AwsError('InvalidDocument', `Document with name ${name} does not exist.`);
  if (document.type !== 'ChangeCalendar')
    throw new AwsError('InvalidDocumentType', `${name} is a document of the type ${document.type}.`);
  const { unsupported } = document.calendar;
  if (unsupported.length > 0)
    throw new AwsError(
      'UnsupportedCalendarException',
      `${name} is not supported: ${unsupported.join('; ')}.`,
    );
  return document.calendar;
}

function timeOf(input: JsonObject): Date | undefined {
  const text = optionalString(input, 'AtTime');
  if (text === undefined) return undefined;
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at.getTime()))
    throw violation('AtTime', text, 'Member must be a time of ISO 8601');
  return at;
}

/** Seconds since calendars know no parts of them. */
function toText(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
