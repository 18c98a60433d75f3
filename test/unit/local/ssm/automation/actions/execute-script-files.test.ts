import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../../local/clock.ts';
import type { JsonObject } from '../../../../../../local/service.ts';
import { sha256 } from '../../../../../../local/ssm/documents/attachments/attachment.ts';
import { actionStack, firstStep, type Step } from './support.ts';

/** Runs a step of a document to which these files are attached, with their checksums unless others are given. */
function stackOf(files: Readonly<Record<string, Uint8Array>>) {
  const { runAll } = actionStack(
    {},
    {
      clock: systemClock,
      attachments: async ({ documentName, name }) =>
        documentName.startsWith('Runbook-') ? files[name] : undefined,
    },
  );
  const sums = Object.entries(files).map(([name, content]) => [
    name,
    { checksums: { sha256: sha256(content) } },
  ]);
  return {
    run: async (one: Step, document: JsonObject = { files: Object.fromEntries(sums) }) =>
      firstStep(await runAll([one], document)),
  };
}
const step = (inputs: object) => ({
  action: 'aws:executeScript',
  inputs: { Runtime: 'python3.11', ...inputs },
});
const HANDLER = 'def run(events, context):\n    return "from " + __name__\n';

describe('attachments of aws:executeScript', () => {
  it('are scripts', async () => {
    const { run } = stackOf({ 'mend.py': strToU8(HANDLER) });
    const shown = await run(step({ Attachment: 'mend.py', Handler: 'mend.run' }));
    expect(shown.Outputs?.Payload).toEqual(['from mend']);
  });

  it('are archives of scripts and what they import', async () => {
    const archive = zipSync({
      'mend.py': strToU8('from lib.words import word\ndef run(events, context):\n    return word\n'),
      'lib/__init__.py': strToU8(''),
      'lib/words.py': strToU8('word = "zipped"\n'),
    });
    const { run } = stackOf({ 'mend.zip': archive });
    expect((await run(step({ Attachment: 'mend.zip', Handler: 'mend.run' }))).Outputs?.Payload).toEqual([
      'zipped',
    ]);
  });

  it('are libraries of an embedded script', async () => {
    const { run } = stackOf({ 'lib.py': strToU8('word = "imported"\n') });
    const Script = 'from lib import word\ndef run(events, context): return word';
    expect((await run(step({ Attachment: 'lib.py', Handler: 'run', Script }))).Outputs?.Payload).toEqual([
      'imported',
    ]);
  });

  it.each<[string, object, string]>([
    ['another checksum', { 'mend.py': { checksums: { sha256: '0'.repeat(64) } } }, 'files section says 0000'],
    [
      'no checksum',
      { 'mend.py': {} },
      `no sha256 checksum of the attachment mend.py; it is ${sha256(strToU8(HANDLER))}`,
    ],
    ['no files', {}, 'no sha256 checksum'],
  ])('are refused where the document has %s of them', async (_what, files, message) => {
    const { run } = stackOf({ 'mend.py': strToU8(HANDLER) });
    const shown = await run(step({ Attachment: 'mend.py', Handler: 'mend.run' }), { files });
    expect(shown.FailureMessage).toContain(message);
  });

  it.each([
    [{ Attachment: 'mend.py', Handler: 'run' }, 'Handler has to be file.function'],
    [{ Attachment: 'mend.py', Handler: 'other.run' }, "No module named 'other'"],
    [{ Attachment: '../mend.py', Handler: 'mend.run' }, 'Attachment ../mend.py is not the name of a file'],
    [{ Attachment: 'gone.py', Handler: 'gone.run' }, 'has no attachment gone.py'],
    [{ Attachment: 'text.zip', Handler: 'mend.run' }, 'The attachment text.zip is not a zip file'],
    [{ Attachment: 'half.zip', Handler: 'mend.run' }, 'The attachment half.zip is not a zip file'],
  ])('refuses %j', async (inputs, message) => {
    const { run } = stackOf({
      'mend.py': strToU8(HANDLER),
      '../mend.py': strToU8(HANDLER),
      'text.zip': strToU8(HANDLER),
      'half.zip': spoil(zipSync({ 'mend.py': strToU8(HANDLER) }, { level: 0 })),
    });
    expect((await run(step(inputs))).FailureMessage).toContain(message);
  });

  it('refuses an archive that unpacks to too much', async () => {
    const { run } = stackOf({
      'bomb.zip': zipSync({ 'a.txt': new Uint8Array(101 * 1024 * 1024) }, { level: 6 }),
    });
    expect((await run(step({ Attachment: 'bomb.zip', Handler: 'a.run' }))).FailureMessage).toContain(
      'The attachment bomb.zip holds more than 100 MB',
    );
  });
});

/** Other bytes where an archive's first file has its content. */
function spoil(archive: Uint8Array): Uint8Array {
  return archive.map((byte, index) => (index > 45 && index < 60 ? byte ^ 1 : byte));
}

const hasBoto3 = (() => {
  try {
    execFileSync('python3', ['-c', 'import boto3'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe('boto3 in aws:executeScript', () => {
  it.skipIf(!hasBoto3)('reaches the account (skipped where boto3 is not installed)', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        asked.push(`${request.headers.authorization} ${body}`);
        response.end(
          '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
        );
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { run } = actionStack({}, { clock: systemClock, endpointUrl: () => url });
    const Script = [
      'import boto3',
      'def run(events, context):',
      '    return boto3.client("sts").get_caller_identity()["Account"]',
    ].join('\n');
    const shown = await run(step({ Handler: 'run', Script }));
    server.close();
    expect(shown.Outputs?.Payload).toEqual(['123456789012']);
    expect(asked).toEqual([expect.stringMatching(/Credential=test\/\d+\/us-east-1\/sts.*GetCallerIdentity/)]);
  });

  it.skipIf(!hasBoto3)('says so where there is no account to call', async () => {
    const { run } = actionStack({}, { clock: systemClock });
    const Script = [
      'import boto3',
      'def run(events, context):',
      '    return boto3.client("sts").get_caller_identity()',
    ].join('\n');
    const shown = await run(step({ Handler: 'run', Script }));
    expect(shown.FailureMessage).toContain('line 3, in run\n    return boto3.client("sts")');
    expect(shown.FailureMessage).toContain('There is no endpoint here that scripts could call.');
    expect(shown.FailureMessage?.match(/File "/g)).toHaveLength(2);
  });

  it('says how to install it', async () => {
    const { run } = actionStack({}, { clock: systemClock });
    const Script = 'raise ModuleNotFoundError("No module named \'boto3\'", name="boto3")';
    expect((await run(step({ Handler: 'run', Script }))).FailureMessage).toContain(
      'python3 -m pip install boto3',
    );
  });
});
