import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createMemoryAccount } from '../../../../../../local/account/memory/memory-account.ts';
import { systemClock } from '../../../../../../local/clock.ts';
import { randomIds } from '../../../../../../local/ids.ts';
import type { JsonObject } from '../../../../../../local/service.ts';
import { sha256 } from '../../../../../../local/ssm/documents/attachments/attachment.ts';
import { actionStack } from '../../automation/actions/support.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const SCRIPT = strToU8('def run(events, context): return "from " + __name__\n');
const ARCHIVE = zipSync({
  'mend.py': strToU8('from lib.words import word\ndef run(events, context): return word\n'),
  'lib/__init__.py': strToU8(''),
  'lib/words.py': strToU8('word = "zipped"\n'),
});
const SUM = sha256(SCRIPT);

const script = (Attachment: string, name = 'Run') => ({
  name,
  action: 'aws:executeScript',
  inputs: { Runtime: 'python3.11', Handler: 'mend.run', Attachment },
});

/** A document whose `files` have these checksums. */
const content = (sums: Readonly<Record<string, string>>, more: JsonObject = {}) =>
  JSON.stringify({
    schemaVersion: '0.3',
    files: Object.fromEntries(
      Object.entries(sums).map(([name, sum]) => [name, { checksums: { sha256: sum } }]),
    ),
    mainSteps: [script(Object.keys(sums)[0] ?? 'mend.py')],
    ...more,
  });

/** Systems Manager beside an account whose bucket `scripts` has `v1/mend.py` and `mend.zip`. */
async function world() {
  const account = createMemoryAccount({ clock: systemClock, ids: randomIds, accountId: '123456789012' });
  const s3 = (operation: string, input: JsonObject) =>
    account.call({ service: 's3', operation, input, region: 'us-east-1' });
  await s3('CreateBucket', { Bucket: 'scripts' });
  await s3('PutObject', { Bucket: 'scripts', Key: 'v1/mend.py', Body: SCRIPT });
  await s3('PutObject', { Bucket: 'scripts', Key: 'mend.zip', Body: ARCHIVE });
  const stack = actionStack({}, { account, clock: systemClock });
  const create = (Content: string, Attachments: readonly object[], Name = 'My-Runbook') =>
    stack.call('CreateDocument', {
      Name,
      Content,
      Attachments: [...Attachments],
      DocumentType: 'Automation',
    });
  const run = async (DocumentName: string, DocumentVersion?: string) => {
    const input = { DocumentName, ...(DocumentVersion && { DocumentVersion }) };
    const started = await stack.call('StartAutomationExecution', input);
    await stack.automation.idle();
    return stack.show(String(started.AutomationExecutionId));
  };
  return { ...stack, s3, create, run };
}
const file = (Key: string, value: string, Name?: string) => ({ Key, Values: [value], ...(Name && { Name }) });

describe('CreateDocument with Attachments', () => {
  it('fetches a file from S3, shows it, and runs it even when the object has gone', async () => {
    const { create, call, s3, run } = await world();
    const created = await create(content({ 'mend.py': SUM }), [file('S3FileUrl', 's3://scripts/v1/mend.py')]);
    await s3('DeleteObject', { Bucket: 'scripts', Key: 'v1/mend.py' });
    expect(created.DocumentDescription).toMatchObject({ AttachmentsInformation: [{ Name: 'mend.py' }] });
    expect((await call('GetDocument', { Name: 'My-Runbook' })).AttachmentsContent).toEqual([
      { Name: 'mend.py', Size: 52, Hash: SUM, HashType: 'Sha256', Url: 's3://scripts/v1/mend.py' },
    ]);
    expect((await run('My-Runbook')).StepExecutions[0]?.Outputs?.Payload).toEqual(['from mend']);
  });

  it('unpacks an archive, whose scripts import each other', async () => {
    const { create, run } = await world();
    await create(content({ 'pack.zip': sha256(ARCHIVE) }), [
      file('S3FileUrl', 'https://scripts.s3.us-east-1.amazonaws.com/mend.zip', 'pack.zip'),
    ]);
    expect((await run('My-Runbook')).StepExecutions[0]?.Outputs?.Payload).toEqual(['zipped']);
  });

  it.each(['s3://scripts/v1', 's3://scripts/v1/', 'https://s3.amazonaws.com/scripts/v1'])(
    'takes the files that the document names from %s',
    async (url) => {
      const { create } = await world();
      const created = await create(content({ 'mend.py': SUM.toUpperCase() }), [file('SourceUrl', url)]);
      expect(created.DocumentDescription).toMatchObject({ AttachmentsInformation: [{ Name: 'mend.py' }] });
    },
  );

  it("takes another document's attachment", async () => {
    const { create, call } = await world();
    await create(content({ 'mend.py': SUM }), [file('SourceUrl', 's3://scripts/v1')], 'Other');
    await create(content({ 'again.py': SUM }), [file('AttachmentReference', 'Other/1/mend.py', 'again.py')]);
    expect((await call('GetDocument', { Name: 'My-Runbook' })).AttachmentsContent).toMatchObject([
      { Name: 'again.py', Hash: SUM },
    ]);
  });

  const wrong = 'InvalidParameterValueException';
  it.each<[string, object[], string, RegExp]>([
    ['no such object', [file('S3FileUrl', 's3://scripts/mend.py')], wrong, /mend\.py.*NoSuchKey/],
    ['no such bucket', [file('SourceUrl', 's3://elsewhere/v1')], wrong, /NoSuchBucket/],
    ['no such document', [file('AttachmentReference', 'Other/1/mend.py')], wrong, /Other has no attachment/],
    ['no reference', [file('AttachmentReference', 'mend.py')], wrong, /not of the form/],
    ['no URL of S3', [file('S3FileUrl', 'https://example.com/mend.py')], wrong, /not one of S3/],
    ['a folder as a file', [file('S3FileUrl', 's3://scripts/v1/')], wrong, /give a Name/],
    [
      'a path as a name',
      [file('S3FileUrl', 's3://scripts/v1/mend.py', '../mend.py')],
      'ValidationException',
      /'name' failed/,
    ],
    ['no key', [{ Values: ['s3://scripts/v1'] }], wrong, /needs a Key/],
    ['another key', [file('Url', 's3://scripts/v1')], 'ValidationException', /SourceUrl/],
    ['no value', [{ Key: 'SourceUrl' }], wrong, /has no Values/],
    ['two values', [{ Key: 'SourceUrl', Values: ['s3://a', 's3://b'] }], 'ValidationException', /less than/],
    [
      'the same name twice',
      [file('SourceUrl', 's3://scripts/v1'), file('S3FileUrl', 's3://scripts/v1/mend.py')],
      wrong,
      /mend\.py is given twice/,
    ],
    [
      'six files',
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => file('S3FileUrl', 's3://scripts/x', `${name}.py`)),
      wrong,
      /5 attachments at most, these are 6/,
    ],
    [
      'a file that the document does not name',
      [file('S3FileUrl', 's3://scripts/v1/mend.py', 'other.py')],
      'InvalidDocumentContent',
      new RegExp(`no sha256 checksum of the attachment other.py; it is ${SUM}`),
    ],
    [
      'another checksum',
      [file('S3FileUrl', 's3://scripts/mend.zip', 'mend.py')],
      'InvalidDocumentContent',
      new RegExp(`files section says ${SUM}`),
    ],
  ])('refuses %s, and keeps nothing', async (_what, attachments, expected, message) => {
    const { create, call } = await world();
    const creating = create(content({ 'mend.py': SUM }), attachments);
    await expect(creating).rejects.toThrow(code(expected));
    await expect(creating).rejects.toThrow(message);
    await expect(call('GetDocument', { Name: 'My-Runbook' })).rejects.toThrow(code('InvalidDocument'));
  });

  it('refuses a prefix where the document has no files', async () => {
    const { create } = await world();
    const creating = create(content({}), [file('SourceUrl', 's3://scripts')]);
    await expect(creating).rejects.toThrow(/no files section/);
  });
});

describe('an account behind an endpoint', () => {
  it('gives the body as the SDK does', async () => {
    const body = { transformToByteArray: async () => SCRIPT };
    const { call, calls } = actionStack({ GetObject: () => ({ Body: body }) });
    const created = await call('CreateDocument', {
      Name: 'My-Runbook',
      Content: content({ 'mend.py': SUM }),
      Attachments: [file('SourceUrl', 's3://scripts')],
      DocumentType: 'Automation',
    });
    expect(created.DocumentDescription).toMatchObject({ AttachmentsInformation: [{ Name: 'mend.py' }] });
    expect(calls).toEqual([
      {
        service: 's3',
        operation: 'GetObject',
        input: { Bucket: 'scripts', Key: 'mend.py' },
        region: 'us-east-1',
      },
    ]);
  });
});

describe('UpdateDocument', () => {
  const update = (Content: string, more: object = {}) => ({ Name: 'My-Runbook', Content, ...more });

  it('adds a version with attachments of its own; the default version stays', async () => {
    const { create, call, s3, run } = await world();
    const better = strToU8('def run(events, context): return "better"\n');
    await s3('PutObject', { Bucket: 'scripts', Key: 'v2/mend.py', Body: better });
    await create(content({ 'mend.py': SUM }), [file('SourceUrl', 's3://scripts/v1')]);
    const updated = await call(
      'UpdateDocument',
      update(content({ 'mend.py': sha256(better) }), { Attachments: [file('SourceUrl', 's3://scripts/v2')] }),
    );
    expect(updated.DocumentDescription).toMatchObject({
      DocumentVersion: '2',
      LatestVersion: '2',
      DefaultVersion: '1',
      AttachmentsInformation: [{ Name: 'mend.py' }],
    });
    const payload = async (version?: string) =>
      (await run('My-Runbook', version)).StepExecutions[0]?.Outputs?.Payload;
    expect(await payload()).toEqual(['from mend']);
    expect(await payload('$LATEST')).toEqual(['better']);
    const changed = await call('UpdateDocumentDefaultVersion', { Name: 'My-Runbook', DocumentVersion: '2' });
    expect(changed.Description).toEqual({ Name: 'My-Runbook', DefaultVersion: '2' });
    expect(await payload()).toEqual(['better']);
    expect(await payload('1')).toEqual(['from mend']);
  });

  it('does not take over what was attached to the version before', async () => {
    const { create, call, run } = await world();
    await create(content({ 'mend.py': SUM }), [file('SourceUrl', 's3://scripts/v1')]);
    await call('UpdateDocument', update(content({ 'mend.py': SUM }, { description: 'new' })));
    expect((await run('My-Runbook', '2')).FailureMessage).toContain(
      'the document My-Runbook has no attachment mend.py. Attach it with CreateDocument',
    );
  });

  it.each([
    [update(content({ 'mend.py': SUM })), 'DuplicateDocumentContent'],
    [update(content({}), { VersionName: 'first' }), 'DuplicateDocumentVersionName'],
    [update(content({}), { DocumentVersion: '2' }), 'InvalidDocumentVersion'],
    [update('{}'), 'InvalidDocumentSchemaVersion'],
    [{ Name: 'Nowhere', Content: content({}) }, 'InvalidDocument'],
  ])('refuses %j', async (input, expected) => {
    const { call } = await world();
    await call('CreateDocument', {
      ...update(content({ 'mend.py': SUM }), { VersionName: 'first' }),
      DocumentType: 'Automation',
    });
    await expect(call('UpdateDocument', input)).rejects.toThrow(code(expected));
    await expect(
      call('UpdateDocumentDefaultVersion', { Name: 'My-Runbook', DocumentVersion: '2' }),
    ).rejects.toThrow(code('InvalidDocumentVersion'));
    expect((await call('GetDocument', { Name: 'My-Runbook', VersionName: 'first' })).DocumentVersion).toBe(
      '1',
    );
  });
});
