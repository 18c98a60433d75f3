import { describe, expect, it } from 'vitest';
import { eventsInLine, Unreadable } from '../../../../cli/backtest/event-forms.ts';
import { sampleEvent } from '../../../helpers/records.ts';

const origin = { account: '111122223333', region: 'eu-west-1', now: new Date('2026-11-20T10:00:00Z') };
const event = sampleEvent('config-rule-compliance-change');
const text = JSON.stringify(event);
const sns = sampleEvent('sns-cloudwatch-alarm') as unknown as { Records: unknown[] };

describe('the events of a line', () => {
  it.each([
    ['an event', text],
    ['with what Windows ends a line with', `${text}\r`],
    ['exported to S3', `2026-11-20T10:00:00.000Z ${text}`],
    [
      'of filter-log-events',
      JSON.stringify({ logStreamName: 'a', timestamp: 1, message: text, eventId: '1' }),
    ],
    ['of Logs Insights, flat', JSON.stringify({ '@timestamp': '2026-11-20 10:00:00.000', '@message': text })],
    ['of Logs Insights, fully parsed', JSON.stringify({ '@message': event })],
    [
      "of Logs Insights' API",
      JSON.stringify([
        { field: '@timestamp', value: 'x' },
        { field: '@message', value: text },
      ]),
    ],
    ['a list', JSON.stringify([event])],
    ['an answer of the AWS CLI in one line', JSON.stringify({ events: [{ message: text }], nextToken: 'x' })],
    ['an answer of get-query-results', JSON.stringify({ results: [[{ field: '@message', value: text }]] })],
  ])('%s', (_, line) => {
    expect(eventsInLine(line, origin)).toEqual([event]);
  });

  it('an entry of PutEvents becomes the event', () => {
    const entry = { Source: 'mine', DetailType: 'Remediator Finding', Detail: '{"a":1}' };
    const expected = { source: 'mine', 'detail-type': 'Remediator Finding', detail: { a: 1 } };
    expect(eventsInLine(JSON.stringify(entry), origin)).toMatchObject([expected]);
    expect(eventsInLine(JSON.stringify({ Entries: [entry, entry] }), origin)).toMatchObject([
      expected,
      expected,
    ]);
  });

  it('records of SNS, with and without what a function gets around them', () => {
    expect(eventsInLine(JSON.stringify(sns), origin)).toEqual([sns]);
    expect(eventsInLine(JSON.stringify(sns.Records[0]), origin)).toEqual([sns]);
  });

  it('an object that is none of these is left to the sources', () => {
    expect(eventsInLine('{"a":1}', origin)).toEqual([{ a: 1 }]);
  });

  it.each([
    ['half', text.slice(0, 100)],
    ['no JSON', 'START RequestId: 1'],
    ['a number', '4711'],
    ['null', 'null'],
    ['a message that is no JSON', JSON.stringify({ timestamp: 1, message: 'START RequestId: 1' })],
    ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s is unreadable', (_, line) => {
    expect(() => eventsInLine(line, origin)).toThrow(Unreadable);
  });
});
