import { describe, expect, it } from 'vitest';
import type { AccountHttpRequest } from '../../../../../local/account/account.ts';
import { ACCOUNT_ID, accountFixture } from '../account.fixture.ts';

const FORM = 'application/x-www-form-urlencoded; charset=utf-8';
const GROUP = 'sg-0a1b2c3d4e5f67890';

async function send(request: Partial<Omit<AccountHttpRequest, 'body'>> & { body?: string }) {
  const { account } = accountFixture();
  account.seed({ securityGroups: [{ groupId: GROUP, tags: { '<a>': '&"' } }] });
  const { body = '', ...rest } = request;
  const answer = await account.handleHttp({
    service: 'ec2',
    region: 'us-east-1',
    method: 'POST',
    url: '/',
    headers: { 'content-type': FORM },
    body: Buffer.from(body),
    ...rest,
  });
  return { ...answer, body: String(answer.body) };
}

const tagging = (target: string, body: string) =>
  send({
    service: 'tagging',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
    body,
  });

describe('EC2', () => {
  it('answers form-encoded requests with XML, escaped', async () => {
    const answer = await send({
      body: `Action=DescribeSecurityGroups&Version=2016-11-15&GroupId.1=${GROUP}`,
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toMatch('text/xml');
    expect(answer.body).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<DescribeSecurityGroupsResponse xmlns="http:\/\/ec2.amazonaws.com\/doc\/2016-11-15\/"><requestId>/,
    );
    expect(answer.body).toContain(`<groupId>${GROUP}</groupId>`);
    expect(answer.body).toContain('<item><key>&lt;a&gt;</key><value>&amp;&quot;</value></item>');
  });

  it('takes the parameters of a GET from its query', async () => {
    const answer = await send({
      method: 'GET',
      url: '/?Action=DescribeVpcs&Version=2016-11-15',
      headers: {},
    });
    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('<isDefault>true') });
  });

  it.each([
    [
      'Action=DescribeSecurityGroups&GroupId.1=sg-12345678',
      400,
      'InvalidGroup.NotFound',
      '&apos;sg-12345678&apos;',
    ],
    [
      'Action=DescribeSecurityGroups&GroupId.1=%3Cscript%3E',
      400,
      'InvalidGroupId.Malformed',
      '&lt;script&gt;',
    ],
    [`Action=DeleteSecurityGroup&GroupId=${GROUP}&DryRun=true`, 412, 'DryRunOperation', 'DryRun flag'],
    ['Action=DescribeSecurityGroups&Colour=blue', 400, 'UnknownParameter', 'Colour'],
    ['Action=CreateFleet&Type=instant', 400, 'InvalidAction', 'CreateFleet'],
    ['Action=NoSuchThing', 400, 'InvalidAction', 'NoSuchThing'],
    ['Action=__proto__', 400, 'InvalidAction', '__proto__'],
    ['Version=2016-11-15', 400, 'MissingAction', 'Action'],
    ['', 400, 'MissingAction', 'Action'],
  ])('refuses %s', async (body, statusCode, code, part) => {
    const answer = await send({ body });
    expect(answer.statusCode).toBe(statusCode);
    expect(answer.body).toMatch(
      /^<\?xml [^>]*\?>\n<Response><Errors><Error><Code>[\w.]+<\/Code><Message>.*<\/Message><\/Error><\/Errors><RequestID>[^<]+<\/RequestID><\/Response>$/,
    );
    expect(answer.body).toContain(`<Code>${code}</Code>`);
    expect(answer.body).toContain(part);
  });
});

describe('STS', () => {
  it('tells who calls', async () => {
    const answer = await send({ service: 'sts', body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain(`<GetCallerIdentityResult><UserId>`);
    expect(answer.body).toContain(`<Account>${ACCOUNT_ID}</Account>`);
  });

  it('refuses what it does not have, in its own form', async () => {
    const answer = await send({ service: 'sts', body: 'Action=AssumeRole&Version=2011-06-15' });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toMatch(/<ErrorResponse><Error><Type>Sender<\/Type><Code>InvalidAction<\/Code>/);
  });
});

describe('Tagging API', () => {
  const prefix = 'ResourceGroupsTaggingAPI_20170126';

  it('speaks AWS JSON 1.1', async () => {
    const answer = await tagging(`${prefix}.GetResources`, '{"TagFilters":[{"Key":"<a>"}]}');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-amz-json-1.1');
    expect(JSON.parse(answer.body)).toMatchObject({
      ResourceTagMappingList: [{ Tags: [{ Key: '<a>', Value: '&"' }] }],
    });
  });

  it.each([
    [`${prefix}.GetResources`, '{', 'SerializationException'],
    [`${prefix}.GetResources`, '[]', 'SerializationException'],
    [`${prefix}.GetResources`, '{"Colour":1}', 'InvalidParameterException'],
    [`${prefix}.PaintResources`, '{}', 'InvalidAction'],
    ['AmazonSSM.GetParameter', '{}', 'UnknownOperationException'],
    ['', '{}', 'UnknownOperationException'],
  ])('refuses %s %s', async (target, body, code) => {
    const answer = await tagging(target, body);
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ __type: code, message: expect.any(String) });
  });
});

describe('services that the account does not have', () => {
  it.each([
    ['sns', 'Action=ListTopics', { 'content-type': FORM }, 'sns:ListTopics', '<ErrorResponse>'],
    [
      'secretsmanager',
      '{}',
      { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.ListSecrets' },
      'secretsmanager:ListSecrets',
      '"__type"',
    ],
    ['lambda', '', {}, 'lambda:POST /', '"__type"'],
  ])('%s: named with the operation and the remedy', async (service, body, headers, named, form) => {
    const answer = await send({ service, body, headers });
    expect(answer.statusCode).toBe(501);
    expect(answer.body).toContain(named);
    expect(answer.body).toContain('--account URL');
    expect(answer.body).toContain(form);
  });
});
