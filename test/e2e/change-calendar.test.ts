import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateDocumentCommand } from '@aws-sdk/client-ssm';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BootedCloud, bootCloud, groupArn, groupFinding, mappingRow } from '../helpers/cloud.ts';

const HOUR = 3_600_000;
const inCalendar = (time: Date) => time.toISOString().replaceAll(/[-:]|\.\d+/g, '');

/** A calendar that is open but for two hours around now, and until when it is closed. */
function freeze() {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const end = new Date(now + HOUR);
  const content = [
    'BEGIN:VCALENDAR',
    'PRODID:-//AWS//Change Calendar 1.0//EN',
    'VERSION:2.0',
    'X-CALENDAR-TYPE:DEFAULT_OPEN',
    'BEGIN:VEVENT',
    `DTSTART:${inCalendar(new Date(now - HOUR))}`,
    `DTEND:${inCalendar(end)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  return { end, content };
}

describe('change calendars on the laptop', () => {
  let booted: BootedCloud;
  const { end, content } = freeze();

  beforeAll(async () => {
    booted = await bootCloud();
    const { ssm } = booted.clients;
    for (const [Name, Content] of [
      ['freeze', content],
      ['open', content.replace(/BEGIN:VEVENT.*END:VEVENT\r\n/s, '')],
      ['weekly', content.replace('END:VEVENT', 'RRULE:FREQ=WEEKLY\r\nEND:VEVENT')],
    ])
      await ssm.send(
        new CreateDocumentCommand({
          Name,
          Content,
          DocumentType: 'ChangeCalendar',
          DocumentFormat: 'TEXT',
        }),
      );
  });
  afterAll(() => booted[Symbol.asyncDispose]());

  /** The row of a finding of a check whose mapping names these calendars. */
  async function rowUnder(changeCalendars: readonly string[]) {
    const { world, clients } = booted;
    const checkName = `check of ${changeCalendars.join()}`;
    const row = { ...mappingRow(), checkName, changeCalendars };
    await clients.dynamoDb.send(
      new PutItemCommand({ TableName: 'AutomationMappingTable', Item: marshall(row) }),
    );
    const arn = groupArn(await world.openGroup(changeCalendars.join('-')));
    await world.happens({ ...groupFinding(arn), checkName });
    const rows = await world.rows('AutomationExecutionTrackerTable');
    return rows.find(({ resource }) => resource === arn);
  }

  test('closed: deferred until it opens', async () => {
    expect(await rowUnder(['open', 'freeze'])).toMatchObject({
      state: 'Deferred',
      reasonCode: 'CALENDAR_CLOSED',
      nextActionAt: end.toISOString(),
    });
  });

  test('open: remediated', async () => {
    expect(await rowUnder(['open'])).toMatchObject({ state: 'Resolved', reasonCode: 'SUCCEEDED' });
  });

  test('one that cannot be evaluated, or is not there: never taken for open', async () => {
    for (const name of ['weekly', 'nowhere'])
      expect(await rowUnder([name])).toMatchObject({ state: 'Deferred', reasonCode: 'CALENDAR_UNREADABLE' });
  });
});
