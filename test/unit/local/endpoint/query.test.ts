import { describe, expect, it } from 'vitest';
import { FUNCTION, start, TOPIC } from '../sns/start-topics.ts';
import { authorization, send, startTestEndpoint } from './start-endpoint.ts';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const headers = { authorization: authorization('sns'), 'content-type': FORM };

describe('a service of the query protocol', () => {
  it('is found by the signature, whether the form is the body or the query', async () => {
    const { topics, events } = start();
    await using cloud = await startTestEndpoint({ services: [topics.service] });
    const form = `Action=Publish&Version=2010-03-31&TopicArn=${encodeURIComponent(TOPIC)}&Message=gr%C3%BC%C3%9F`;
    const posted = await send(cloud.url, { headers, body: form });
    expect(posted.statusCode).toBe(200);
    expect(posted.headers['content-type']).toBe('text/xml');
    const got = await send(cloud.url, { method: 'GET', path: `/?${form}`, headers });
    expect(got.statusCode).toBe(200);
    expect(events.map(({ Records }) => Records[0]?.Sns.Message)).toEqual(['grüß', 'grüß']);
  });

  it('answers errors in XML, with the status that the service has for them', async () => {
    const { topics } = start();
    await using cloud = await startTestEndpoint({ services: [topics.service] });
    const body = 'Action=GetTopicAttributes&TopicArn=arn:aws:sns:us-east-1:123456789012:none';
    const answer = await send(cloud.url, { headers, body });
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('<Code>NotFound</Code><Message>Topic does not exist</Message>');
  });

  it('a bug is reported, and none of it told to the client', async () => {
    const { topics } = start();
    topics.subscribe(TOPIC, {
      functionArn: FUNCTION,
      target: () => {
        throw new Error('secret');
      },
    });
    const bugs: unknown[] = [];
    await using cloud = await startTestEndpoint({
      services: [topics.service],
      onBug: (error) => bugs.push(error),
    });
    const body = `Action=Publish&TopicArn=${TOPIC}&Message=x`;
    const answer = await send(cloud.url, { headers, body });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain('<Code>InternalFailure</Code>');
    expect(answer.body).not.toContain('secret');
    expect(bugs).toHaveLength(1);
  });
});
