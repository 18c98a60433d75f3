import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CLI, cli, DISABLE, ENVIRONMENT, GROUP } from '../helpers/cli.ts';

describe('remediator', () => {
  test('npx finds it, and Node runs it as it is', () => {
    expect(statSync(CLI).mode & 0o111).toBe(0o111);
  });

  test.each([[['--help']], [['runbook', 'run', '--help']], [['runbook', 'validate', '--help']]])(
    '%j explains, and exits with 0',
    async (args) => {
      const { code, stdout, stderr } = await cli(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('Usage: remediator');
      if (args.length > 1) expect(stdout).toContain('Exit codes:');
    },
  );

  test.each([
    [['runbok'], /unknown command 'runbok'/],
    [['runbook', 'run'], /missing required argument 'file'/],
    [['runbook', 'run', 'a', 'b'], /too many arguments/],
    [['runbook', 'run', DISABLE, '--acount', 'memory'], /unknown option '--acount'/],
    [['runbook', 'run', DISABLE, '--account', 'ftp://x'], /memory, aws, or a URL/],
    [['runbook', 'run', 'missing.yaml'], /missing\.yaml: there is no such file/],
    [['runbook', 'run', '.'], /\. is a directory, not a document/],
    [['runbook', 'run', ''], /'': there is no such file/],
    [['runbook', 'run', DISABLE, '--region', 'x y'], /region such as us-east-1/],
    [['runbook', 'run', DISABLE], /GroupId is missing\. It takes GroupId \(.*required\), IpAddressToBlock/],
    [['runbook', 'run', DISABLE, '--parameters', GROUP, 'X=1'], /there is no parameter X\. It takes GroupId/],
    [['runbook', 'run', DISABLE, '--parameters', 'GroupId'], /name=value/],
    [['runbook', 'run', DISABLE, '--parameters', 'GroupId=x'], /GroupId"? has the value "x"/],
    [
      ['runbook', 'run', DISABLE, '--parameters', GROUP, '--account', 'http://127.0.0.1:1'],
      /nothing answers/,
    ],
    [['runbook', 'run', DISABLE, '--parameters', GROUP, '--account', 'aws'], /no region.*--region/],
    [
      ['runbook', 'run', DISABLE, '--parameters', GROUP, '--account', 'aws', '--region', 'eu-west-1'],
      /no credentials/,
    ],
  ])('%j: one line, and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await cli(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test('--account aws does not act on what AWS_ENDPOINT_URL names', async () => {
    const env = { ...ENVIRONMENT, AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' };
    const { code, stderr } = await cli(
      ['runbook', 'run', DISABLE, '--parameters', GROUP, '--account', 'aws'],
      {
        env,
      },
    );
    expect(stderr).toMatch(/^error: .*AWS_ENDPOINT_URL leads elsewhere/);
    expect(code).toBe(2);
  });
});
