import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAssumedRoles } from '../../../../shared/aws/assumed-roles.ts';
import { createAccounts, createToldIn } from '../../../../shared/aws/credentials.ts';
import { createOpsItems } from '../../../../shared/aws/ops-items.ts';
import type { Place } from '../../../../shared/ports.ts';
import { handleResult } from '../../../../shared/use-cases/handle-result.ts';
import { MINUTE } from '../../../helpers/fakes.ts';
import { AwsFault, type FakeAws, startFakeAws } from '../../../helpers/fakes-aws-json.ts';
import { aWorld } from '../../../helpers/fakes-world.ts';
import { ACCOUNT, REGION } from '../../../helpers/findings.ts';

const OTHER = '999999999999';
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws();
});
afterAll(() => aws[Symbol.asyncDispose]());

/** OpsCenter of two accounts. */
function opsCenter() {
  const accountOf = new Map<string, string>();
  const calls: string[] = [];
  const ssm = ({ account, region }: Place) => {
    aws.answer = ({ operation, body }) => {
      const id = String(body.OpsItemId ?? `oi-${accountOf.size + 1}`);
      if (operation === 'CreateOpsItem') accountOf.set(id, account);
      const isThere = accountOf.get(id) === account;
      calls.push(`${operation} ${account}${isThere ? '' : ': not there'}`);
      return isThere ? { OpsItemId: id } : new AwsFault('OpsItemNotFoundException');
    };
    return new SSMClient({ region, endpoint: aws.url, credentials: CREDENTIALS, maxAttempts: 1 });
  };
  return { ssm, calls };
}

/** An STS that knows the role, or does not. */
function roleOf(other: { hasRole: boolean }): STSClient {
  const refused = '<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>';
  const granted = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA</AccessKeyId>
    <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  return new STSClient({
    region: REGION,
    credentials: CREDENTIALS,
    requestHandler: {
      handle: async () => ({
        response: {
          statusCode: other.hasRole ? 200 : 403,
          headers: { 'content-type': 'text/xml' },
          body: Buffer.from(other.hasRole ? granted : refused),
        },
      }),
    },
  });
}

it('a finding of an account that lacks the role is told in ours, and acted upon once the role is there', async () => {
  const world = aWorld();
  const other = { hasRole: false };
  const own = { accountId: ACCOUNT, region: REGION };
  const named = { ...own, crossAccountRoleName: 'remediator', crossAccountExternalId: '' };
  const roles = createAssumedRoles({ ...named, sts: () => roleOf(other), clock: world.clock });
  const accounts = createAccounts(own, roles);
  const { ssm, calls } = opsCenter();
  const opsItems = createOpsItems({ ssm, toldIn: createToldIn(own, accounts), accountId: ACCOUNT });
  const deps = { ...world.deps, accounts, opsItems };

  const record = await world.record({ account: OTHER });
  expect(await handleResult(deps, record)).toBe('escalated');
  expect(world.remediation).toMatchObject({
    reasonCode: 'ACCOUNT_NOT_REACHABLE',
    account: OTHER,
    opsItemId: 'oi-1',
  });
  expect(calls).toEqual([`CreateOpsItem ${ACCOUNT}`]);
  expect(world.runbooks.executions).toEqual([]);

  other.hasRole = true;
  world.clock.advance(5 * MINUTE);
  const newer = await world.record({ account: OTHER, observedAt: new Date('2024-05-13T05:00:00Z') });
  expect(await handleResult(deps, newer)).toBe('started');
  expect(world.runbooks.executions).toMatchObject([{ account: OTHER }]);
  expect(world.remediation).toMatchObject({ state: 'Running', opsItemId: 'oi-1' });
  // It goes on with the OpsItem that people know.
  expect(new Set(calls.slice(1))).toEqual(
    new Set([`UpdateOpsItem ${OTHER}: not there`, `UpdateOpsItem ${ACCOUNT}`]),
  );
});
