import { describe, expect, it } from 'vitest';
import { automationStack } from '../../automation/support.ts';

const text = (...lines: readonly string[]) => ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n');
/** JumpingClock stands at 2024-11-29T19:43:20Z. */
const FREEZE = text(
  'X-CALENDAR-TYPE:DEFAULT_OPEN',
  'BEGIN:VEVENT',
  'DTSTART:20241129T190000Z',
  'DTEND:20241129T230000Z',
  'END:VEVENT',
);
const WEEKLY = FREEZE.replace('END:VEVENT', 'RRULE:FREQ=WEEKLY\r\nEND:VEVENT');

const code = (expected: string) => expect.objectContaining({ code: expected });

function create(content = FREEZE, more: Record<string, unknown> = {}) {
  const stack = automationStack({}, undefined, {});
  const output = stack.call('CreateDocument', {
    Name: 'freeze',
    DocumentType: 'ChangeCalendar',
    DocumentFormat: 'TEXT',
    Content: content,
    ...more,
  });
  return { stack, output };
}

describe('CreateDocument with a change calendar', () => {
  it('keeps it and describes it, without what runbooks have', () => {
    const { stack, output } = create();
    expect(output.DocumentDescription).toMatchObject({
      Name: 'freeze',
      DocumentType: 'ChangeCalendar',
      DocumentFormat: 'TEXT',
      Status: 'Active',
      DocumentVersion: '1',
    });
    expect(output.DocumentDescription).not.toHaveProperty('SchemaVersion');
    expect(output.DocumentDescription).not.toHaveProperty('Parameters');
    for (const format of [{}, { DocumentFormat: 'TEXT' }, { DocumentFormat: 'JSON' }])
      expect(stack.call('GetDocument', { Name: 'freeze', ...format })).toMatchObject({
        DocumentType: 'ChangeCalendar',
        DocumentFormat: 'TEXT',
        Content: FREEZE,
      });
    const Filters = [{ Key: 'DocumentType', Values: ['ChangeCalendar'] }];
    expect(stack.call('ListDocuments', { Filters }).DocumentIdentifiers).toMatchObject([{ Name: 'freeze' }]);
  });

  it.each([
    ['of another format', FREEZE, { DocumentFormat: 'YAML' }, 'ValidationException'],
    ['without a format, which is JSON', FREEZE, { DocumentFormat: undefined }, 'ValidationException'],
    ['that is none', 'hello', {}, 'InvalidDocumentContent'],
    [
      'with an attachment',
      FREEZE,
      { Attachments: [{ Key: 'SourceUrl', Values: ['s3://bucket/x'] }] },
      'ValidationException',
    ],
  ])('refuses one %s', (_, content, more, expected) => {
    expect(() => create(content, more)).toThrow(code(expected));
  });

  it('a runbook in TEXT is refused, too', () => {
    expect(() => create('{}', { DocumentType: 'Automation' })).toThrow(code('ValidationException'));
  });

  it('it is no runbook: it cannot be started', () => {
    const { stack } = create();
    expect(() => stack.call('StartAutomationExecution', { DocumentName: 'freeze' })).toThrow(
      code('AutomationDefinitionNotFoundException'),
    );
  });
});

describe('GetCalendarState', () => {
  it('tells the state now, and when it changes', () => {
    expect(create().stack.call('GetCalendarState', { CalendarNames: ['freeze'] })).toEqual({
      State: 'CLOSED',
      AtTime: '2024-11-29T19:43:20Z',
      NextTransitionTime: '2024-11-29T23:00:00Z',
    });
  });

  it('tells it for another time, by ARN too, and of no change where there is none', () => {
    const CalendarNames = ['arn:aws:ssm:us-east-1:123456789012:document/freeze'];
    const { stack } = create();
    expect(stack.call('GetCalendarState', { CalendarNames, AtTime: '2024-11-30T00:00:00+01:00' })).toEqual({
      State: 'OPEN',
      AtTime: '2024-11-29T23:00:00Z',
    });
  });

  it('of several, one that is closed closes all', () => {
    const { stack } = create();
    const Content = text('X-CALENDAR-TYPE:DEFAULT_OPEN');
    stack.call('CreateDocument', {
      Name: 'open',
      DocumentType: 'ChangeCalendar',
      DocumentFormat: 'TEXT',
      Content,
    });
    const stateOf = (...CalendarNames: string[]) => stack.call('GetCalendarState', { CalendarNames }).State;
    expect(stateOf('open')).toBe('OPEN');
    expect(stateOf('open', 'freeze')).toBe('CLOSED');
  });

  it('a calendar that is changed counts from the time its new version is the default', () => {
    const { stack } = create();
    const Content = text('X-CALENDAR-TYPE:DEFAULT_OPEN');
    stack.call('UpdateDocument', { Name: 'freeze', DocumentFormat: 'TEXT', Content });
    const stateOf = () => stack.call('GetCalendarState', { CalendarNames: ['freeze'] }).State;
    expect(stateOf()).toBe('CLOSED');
    stack.call('UpdateDocumentDefaultVersion', { Name: 'freeze', DocumentVersion: '2' });
    expect(stateOf()).toBe('OPEN');
  });

  it.each([
    ['a calendar that is not there', { CalendarNames: ['gone'] }, 'InvalidDocument'],
    ['a runbook', { CalendarNames: ['runbook'] }, 'InvalidDocumentType'],
    ['no calendar', { CalendarNames: [] }, 'ValidationException'],
    ['no names', {}, 'ValidationException'],
    ['a time that is none', { CalendarNames: ['freeze'], AtTime: 'now' }, 'ValidationException'],
  ])('%s is refused', (_, input, expected) => {
    const { stack } = create();
    stack.call('CreateDocument', {
      Name: 'runbook',
      DocumentType: 'Automation',
      Content: JSON.stringify({
        schemaVersion: '0.3',
        mainSteps: [{ name: 'a', action: 'aws:sleep', inputs: { Duration: 'PT1S' } }],
      }),
    });
    expect(() => stack.call('GetCalendarState', input)).toThrow(code(expected));
  });

  it('events that recur are refused aloud: they are never taken for "open"', () => {
    const { stack } = create(WEEKLY);
    const ask = () => stack.call('GetCalendarState', { CalendarNames: ['freeze'] });
    expect(ask).toThrow(code('UnsupportedCalendarException'));
    expect(ask).toThrow(/recurs \(RRULE\)/);
  });
});
