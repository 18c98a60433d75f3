import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../../local/clock.ts';
import { sha256 } from '../../../../../../local/ssm/documents/attachments/attachment.ts';
import { createDocuments } from '../../../../../../local/ssm/documents/documents.ts';
import { TagStore } from '../../../../../../local/ssm/tags/tag-store.ts';

const directory = mkdtempSync(join(tmpdir(), 'attachments-'));
afterAll(() => rmSync(directory, { recursive: true }));

const NAMES = ['mend.py', 'secret.py', 'linked.py', 'folder.py', 'loop.py', '../secret.py', '/etc/hostname'];

beforeAll(() => {
  const files = Object.fromEntries(NAMES.map((name) => [name, { checksums: { sha256: '0' } }]));
  const inputs = { Runtime: 'python3.11', Handler: 'extra.run', Attachment: 'extra.py' };
  const mainSteps = [{ name: 'Run', action: 'aws:executeScript', inputs }];
  const own = join(directory, 'Scripted');
  writeFileSync(join(directory, 'Scripted.yaml'), JSON.stringify({ schemaVersion: '0.3', files, mainSteps }));
  writeFileSync(join(directory, 'secret.py'), 'outside');
  mkdirSync(join(own, 'folder.py'), { recursive: true });
  writeFileSync(join(own, 'mend.py'), 'inside');
  writeFileSync(join(own, 'extra.py'), 'extra');
  writeFileSync(join(own, 'unnamed.py'), 'the document does not speak of it');
  symlinkSync(join('..', 'secret.py'), join(own, 'linked.py'));
  symlinkSync('loop.py', join(own, 'loop.py'));
});

const open = () =>
  createDocuments({
    clock: systemClock,
    tags: new TagStore(),
    accountId: '1',
    directories: [{ directory, owner: '1' }],
  });
const read = (documents: ReturnType<typeof open>, name: string) =>
  documents.attachment({ documentName: 'Scripted', documentVersion: '1', name });

describe('the folder beside a runbook', () => {
  it('has the files that the runbook speaks of', () => {
    const documents = open();
    expect([...(documents.store.find('Scripted')?.attachments.keys() ?? [])]).toEqual([
      'mend.py',
      'extra.py',
    ]);
    expect(read(documents, 'mend.py')).toEqual(Buffer.from('inside'));
    expect(documents.operations.GetDocument?.({ Name: 'Scripted' }, CONTEXT)).toMatchObject({
      AttachmentsContent: [
        { Name: 'mend.py', Size: 6, Hash: sha256(Buffer.from('inside')) },
        { Name: 'extra.py', Url: expect.stringMatching(/^file:.*\/Scripted\/extra\.py$/) },
      ],
    });
  });

  it.each(['secret.py', 'linked.py', 'folder.py', 'loop.py', '../secret.py', '/etc/hostname', 'unnamed.py'])(
    'does not give %s',
    (name) => expect(read(open(), name)).toBeUndefined(),
  );

  it('is read anew each time, as a person works on it', () => {
    const documents = open();
    const file = join(directory, 'Scripted', 'extra.py');
    expect(read(documents, 'extra.py')).toEqual(Buffer.from('extra'));
    writeFileSync(file, 'changed');
    expect(read(documents, 'extra.py')).toEqual(Buffer.from('changed'));
    rmSync(file);
    expect(read(documents, 'extra.py')).toBeUndefined();
    symlinkSync(join('..', 'secret.py'), file);
    expect(read(documents, 'extra.py')).toBeUndefined();
  });
});

const CONTEXT = { region: 'us-east-1', accountId: '1', principalArn: 'arn', requestId: 'r' };
