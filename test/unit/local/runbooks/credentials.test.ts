import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../local/service.ts';
import { at, type Bench, createBench, ROLE, stepsThat, textAt } from './stand-in.ts';
import { TARGETS } from './targets.ts';

const NAME = 'AWSConfigRemediation-RevokeUnusedIAMUserCredentials';
const DAY_MS = 24 * 3600 * 1000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS);

let names = 0;

for (const target of TARGETS) {
  describe.skipIf(target.isSkipped)(`${NAME} ${target.name}`, () => {
    let bench: Bench;
    beforeAll(async () => {
      bench = await target.open();
    }, 40_000);
    afterAll(() => bench?.[Symbol.asyncDispose]());

    const iam = (operation: string, input: JsonObject = {}) => bench.call('iam', operation, input);
    const run = (id: string, days = '90') =>
      bench.run(NAME, { IAMResourceId: [id], MaxCredentialUsageAge: [days], AutomationAssumeRole: [ROLE] });

    /** A user with a password and an access key. */
    const newUser = async () => {
      names += 1;
      const UserName = `user-${names}`;
      const id = textAt(await iam('CreateUser', { UserName }), 'User', 'UserId');
      await iam('CreateLoginProfile', { UserName, Password: 'Correct-Horse-9-Battery' });
      const AccessKeyId = textAt(await iam('CreateAccessKey', { UserName }), 'AccessKey', 'AccessKeyId');
      const credentials = async () => ({
        key: at(await iam('ListAccessKeys', { UserName }), 'AccessKeyMetadata', 0, 'Status'),
        password: await iam('GetLoginProfile', { UserName }).then(
          () => true,
          () => false,
        ),
      });
      return { id, UserName, AccessKeyId, credentials };
    };

    /** Makes the user's credentials as old as this, and used as long ago. */
    const pretend = (user: Awaited<ReturnType<typeof newUser>>, age: { created: number; used?: number }) => {
      const used = age.used === undefined ? {} : { LastUsedDate: daysAgo(age.used) };
      bench.answers.set('iam:ListAccessKeys', () => ({
        AccessKeyMetadata: [
          {
            UserName: user.UserName,
            AccessKeyId: user.AccessKeyId,
            Status: 'Active',
            CreateDate: daysAgo(age.created),
          },
        ],
      }));
      bench.answers.set('iam:GetAccessKeyLastUsed', () => ({
        UserName: user.UserName,
        AccessKeyLastUsed: { Region: 'us-east-1', ServiceName: 's3', ...used },
      }));
      bench.answers.set('iam:GetUser', () => ({
        User: {
          UserName: user.UserName,
          ...(age.used === undefined ? {} : { PasswordLastUsed: daysAgo(age.used) }),
        },
      }));
      bench.answers.set('iam:GetLoginProfile', () => ({
        LoginProfile: { UserName: user.UserName, CreateDate: daysAgo(age.created) },
      }));
    };

    it.each<[string, { created: number; used?: number }, { key: string; password: boolean }]>([
      ['used long ago', { created: 200, used: 91 }, { key: 'Inactive', password: false }],
      ['never used', { created: 91 }, { key: 'Inactive', password: false }],
      ['used lately', { created: 200, used: 89 }, { key: 'Active', password: true }],
      ['new', { created: 89 }, { key: 'Active', password: true }],
    ])('treats credentials that are %s', async (_name, age, left) => {
      const user = await newUser();
      pretend(user, age);
      const execution = await run(user.id);
      bench.answers.clear();
      expect(execution.AutomationExecutionStatus).toBe('Success');
      expect(await user.credentials()).toEqual(left);
    });

    it('takes all of them where no day is allowed, and has nothing to do the second time', async () => {
      const user = await newUser();
      expect((await run(user.id, '0')).AutomationExecutionStatus).toBe('Success');
      expect(await user.credentials()).toEqual({ key: 'Inactive', password: false });
      const second = await run(user.id, '0');
      expect(second.AutomationExecutionStatus).toBe('Success');
      expect(stepsThat(second, 'Failed')).toEqual(['GetPassword']);
      expect(second.Outputs).toEqual({ 'FindOldKeys.AccessKeyIds': [] });
    });

    it('fails for a user that is not there, and for days that are no number', async () => {
      const execution = await run('AIDAAAAAAAAAAAAAAAAA');
      expect(stepsThat(execution, 'Failed')).toEqual(['AssertUserExists']);
      await expect(run('AIDAAAAAAAAAAAAAAAAA', 'ninety')).rejects.toMatchObject({
        code: 'InvalidAutomationExecutionParametersException',
      });
    });
  });
}

describe(`${NAME} without python3`, () => {
  it('fails before it changes anything', async () => {
    await using bench = createBench({ scripts: { python: 'no-such-python' } });
    const execution = await bench.run(NAME, {
      IAMResourceId: ['AIDAAAAAAAAAAAAAAAAA'],
      AutomationAssumeRole: [ROLE],
    });
    expect(stepsThat(execution, 'Failed')).toEqual(['GetOldestUse']);
    expect(execution.FailureMessage).toContain('no-such-python');
    expect(bench.calls).toEqual([]);
  });
});
