import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../helpers/checkout.ts';
import { cli, folder, runbook, sleep, write } from '../helpers/cli.ts';

const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
schemaVersion: '0.3'
mainSteps: [*e]
`;

describe('remediator runbook validate', () => {
  test('finds no error in the runbooks of this checkout', async () => {
    const files = ['runbooks', join('local', 'runbooks')].flatMap((directory) =>
      readdirSync(join(ROOT, directory))
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => join(ROOT, directory, file)),
    );
    const { code, stdout } = await cli(['runbook', 'validate', ...files]);
    expect(stdout).toMatch(new RegExp(`^${files.length} files: 0 errors, \\d+ warnings?\\n$`, 'm'));
    expect(code).toBe(0);
  });

  test('prints all faults of all files by their place, and exits with 1', async () => {
    const first = write(
      'first.yaml',
      "schemaVersion: '0.3'\nmainSteps:\n  - name: A\n    action: aws:slep\n    nextStep: C\n",
    );
    const second = runbook('second.json', [sleep('A', { isEnd: true }), sleep('B')]);
    const third = write('third.yaml', BOMB);
    const { code, stdout, stderr } = await cli(['runbook', 'validate', first, second, third]);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        /^first\.yaml:4:13 error step A: there is no action aws:slep.* \(UnknownAction\)$/,
      ),
      expect.stringMatching(/^first\.yaml:5:15 error .*C.* \(UnknownStep\)$/),
      expect.stringMatching(/^second\.json:1:\d+ warning step B: .* \(UnreachableStep\)$/),
      expect.stringMatching(/^third\.yaml:1:1 error .*alias.*\(InvalidSyntax\)$/),
      '3 files: 3 errors, 1 warning',
      '',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  test('goes on after what is no document, and exits with 2', async () => {
    mkdirSync(join(folder, 'directory'));
    const good = runbook('good.json', [sleep('A')]);
    const empty = write('empty.yaml', '\n');
    const binary = write('binary.yaml', Buffer.from([0x89, 0x50, 0xff, 0x00, 0x1a]));
    const zeros = write('zeros.yaml', Buffer.alloc(10));
    const huge = write('huge.yaml', `# ${'x'.repeat(64 * 1024)}\n`);
    const files = ['missing.yaml', 'directory', empty, binary, zeros, '/dev/null', huge, good];
    const { code, stdout, stderr } = await cli(['runbook', 'validate', ...files]);
    expect(stderr.split('\n')).toEqual([
      'error: missing.yaml: there is no such file',
      'error: directory is a directory, not a document: name the file in it',
      'error: empty.yaml is empty: it has to be a document',
      'error: binary.yaml is not text in UTF-8',
      'error: zeros.yaml is not text in UTF-8',
      'error: /dev/null is not a file',
      '',
    ]);
    expect(stdout).toBe(
      'huge.yaml:1:1 error The size limit of a document is 64 KB (MaxDocumentSizeExceeded)\n8 files: 1 error, 0 warnings, 6 not readable\n',
    );
    expect(code).toBe(2);
  });

  test('--json prints one object', async () => {
    const bad = runbook('bad.json', [sleep('A', { nextStep: 'B' })]);
    const { code, stdout, stderr } = await cli(['runbook', 'validate', '--json', bad, 'missing.yaml']);
    expect(JSON.parse(stdout)).toEqual({
      files: 2,
      errors: 1,
      warnings: 0,
      unreadable: 1,
      results: [
        { file: bad, faults: [expect.objectContaining({ line: 1, code: 'UnknownStep', severity: 'error' })] },
        { file: 'missing.yaml', error: { code: 'NO_FILE', message: 'missing.yaml: there is no such file' } },
      ],
    });
    expect(stderr).toBe('');
    expect(code).toBe(2);
  });
});
