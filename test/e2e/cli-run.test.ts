import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { CLI, cli, DISABLE, ENVIRONMENT, folder, GROUP, runbook, sleep, write } from '../helpers/cli.ts';
import { run, start } from '../helpers/process.ts';

describe('remediator runbook run', () => {
  test('shows each step and the outputs, without colors where it is no terminal', async () => {
    const { code, stdout, stderr } = await cli(['runbook', 'run', DISABLE, '--parameters', GROUP]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Run of .*\(the account in memory, us-east-1\)\n/);
    expect(stdout).toMatch(
      /✓ RevokeOpenRules {2}aws:executeAwsApi {2}Success {2}\d+ ms\n {6}inputs {2}ec2:Revoke/,
    );
    expect(stdout).toMatch(/\nOutputs\n {2}FindOpenRules\.RuleIds: sgr-[0-9a-f]+\n\nSuccess in \d+/);
    expect(stdout).not.toContain('\u001b');
    for (const line of stdout.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(120);
    expect(code).toBe(0);
  });

  test('--json prints what GetAutomationExecution answers, and nothing else', async () => {
    const { code, stdout, stderr } = await cli(['runbook', 'run', DISABLE, '--parameters', GROUP, '--json']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stdout)).toMatchObject({
      AutomationExecutionStatus: 'Success',
      DocumentName: 'AWS-DisablePublicAccessForSecurityGroup',
      Parameters: { GroupId: ['sg-0a1b2c3d4e5f67890'] },
      NestedExecutions: [],
    });
    expect(code).toBe(0);
  });

  test('--dry-run lists the calls, and reads only; also as data', async () => {
    const args = ['runbook', 'run', DISABLE, '--parameters', GROUP, '--dry-run'];
    const { code, stdout } = await cli(args);
    expect(stdout).toMatch(/^ {3}· FindOpenRules {2}read ec2:DescribeSecurityGroupRules \{/m);
    expect(stdout).toMatch(
      /^ {2}1\. RevokeOpenRules {2}would call ec2:RevokeSecurityGroupIngress \{"GroupId":"sg-0a1b2c3d4e5f67890","SecurityGroupRuleIds":\["sgr-[0-9a-f]+"\]\}$/m,
    );
    expect(stdout).toMatch(
      /\n1 call would be made, 2 read, 0 skipped\. What is marked - or \? can mean further calls\. Nothing was changed\.\n$/,
    );
    expect(code).toBe(0);
    const data = JSON.parse((await cli([...args, '--json'])).stdout);
    expect(data).toMatchObject({
      dryRun: true,
      status: 'Success',
      wouldCall: [{ step: 'RevokeOpenRules', service: 'ec2', operation: 'RevokeSecurityGroupIngress' }],
      read: [{ operation: 'DescribeSecurityGroupRules' }, { operation: 'DescribeSecurityGroups' }],
      skipped: [],
      failures: [],
    });
  });

  test('a runbook that fails, or would fail, exits with 1 and says why', async () => {
    const inputs = { Service: 'ec2', Api: 'DescribeSecurityGroups', GroupIds: ['sg-00000000000000000'] };
    const file = runbook('fails.json', [{ name: 'Look', action: 'aws:executeAwsApi', inputs }]);
    for (const more of [[], ['--dry-run']]) {
      const { code, stdout, stderr } = await cli(['runbook', 'run', file, ...more]);
      expect(stdout).toMatch(/Failed.*An error occurred \(InvalidGroup\.NotFound\) when calling/);
      expect(stderr).toBe('');
      expect(code).toBe(1);
    }
  });

  test('a document with errors is not run: its faults are named, and it exits with 1', async () => {
    const file = runbook('faulty.json', [sleep('A', { nextStep: 'B' })]);
    const { code, stdout, stderr } = await cli(['runbook', 'run', file]);
    expect(stderr).toMatch(/^faulty\.json:1:\d+ error .*B.* \(UnknownStep\)\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test('steps that go in circles end as a failure', async () => {
    const file = runbook('circle.json', [sleep('A', { nextStep: 'B' }), sleep('B', { nextStep: 'A' })]);
    const { code, stdout } = await cli(['runbook', 'run', file]);
    expect(stdout).toMatch(/\nFailed in .*it goes in circles/);
    expect(code).toBe(1);
  });

  test('without python3 a script is a failed step', async () => {
    const inputs = { Runtime: 'python3.11', Handler: 'h', Script: 'def h(e, c): return 1' };
    const file = runbook('script.json', [{ name: 'Script', action: 'aws:executeScript', inputs }]);
    const { code, stdout } = await cli(['runbook', 'run', file], { env: { ...ENVIRONMENT, PATH: folder } });
    expect(stdout).toMatch(/✗ Script .*Failed[\s\S]*there is no python3/);
    expect(code).toBe(1);
  });

  test('scripts reach the account in memory', async () => {
    const Script = `import os, urllib.request
def h(e, c):
    return urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL'] + '/health').read().decode()`;
    const inputs = { Runtime: 'python3.11', Handler: 'h', Script };
    const steps = [{ name: 'Ask', action: 'aws:executeScript', inputs }];
    const file = runbook('reach.json', steps, { outputs: ['Ask.Payload'] });
    const { code, stdout } = await cli(['runbook', 'run', file]);
    expect(stdout).toContain('Ask.Payload: {"status":"ok"');
    expect(code).toBe(0);
  });

  test('a runbook of the name of one that is there takes its place; others are there to be called', async () => {
    const own = runbook('AWS-DisablePublicAccessForSecurityGroup.json', [sleep('Mine')]);
    expect((await cli(['runbook', 'run', own])).stdout).toContain('✓ Mine');
    const inputs = {
      DocumentName: 'AWS-DisablePublicAccessForSecurityGroup',
      RuntimeParameters: { GroupId: ['sg-0a1b2c3d4e5f67890'] },
    };
    const calls = runbook('calls it.json', [{ name: 'Call', action: 'aws:executeAutomation', inputs }]);
    const { code, stdout } = await cli(['runbook', 'run', calls]);
    expect(stdout).toMatch(/ {2}▸ Call {2}aws:executeAutomation\n {4}✓ FindOpenRules[\s\S]*\n {2}✓ Call /);
    expect(code).toBe(0);
  });

  test('files beside the document are its attachments, those in the folder of its name first', async () => {
    const script = (word: string) => `def h(e, c): return "${word}"\n`;
    const sum = (text: string) => createHash('sha256').update(text).digest('hex');
    mkdirSync(join(folder, 'attached'));
    write('attached/inner.py', script('inner'));
    write('inner.py', script('shadowed'));
    write('beside.py', script('beside'));
    const step = (name: string) => ({
      name,
      action: 'aws:executeScript',
      inputs: { Runtime: 'python3.11', Handler: `${name}.h`, Attachment: `${name}.py` },
    });
    const file = runbook('attached.json', [step('inner'), step('beside')], {
      files: Object.fromEntries(
        ['inner', 'beside'].map((name) => [`${name}.py`, { checksums: { sha256: sum(script(name)) } }]),
      ),
      outputs: ['inner.Payload', 'beside.Payload'],
    });
    const { code, stdout } = await cli(['runbook', 'run', file]);
    expect(stdout).toContain('inner.Payload: inner\n  beside.Payload: beside\n');
    expect(code).toBe(0);
  });

  test.skipIf(process.platform !== 'linux')('output that cannot be written is an error, once', async () => {
    const file = runbook('full.json', [sleep('A')]);
    for (const command of ['run', 'validate']) {
      const line = `"${process.execPath}" "${CLI}" runbook ${command} ${file} > /dev/full`;
      const { code, stderr } = await run('bash', ['-c', line], { cwd: folder, env: ENVIRONMENT });
      expect(stderr).toMatch(/^error: the output can't be written \(ENOSPC[^\n]*\n$/);
      expect(code).toBe(2);
    }
  });

  test('validate exits by its result where nobody reads what it prints', async () => {
    const file = runbook('faults.json', [sleep('A', { nextStep: 'B' })]);
    const command = `"${process.execPath}" "${CLI}" runbook validate ${file} | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await run('bash', ['-c', command], { cwd: folder, env: ENVIRONMENT });
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' });
  });

  test('Ctrl-C cancels, runs the onCancel step, and exits with 130', async () => {
    const tag = { ResourceIds: ['sg-0a1b2c3d4e5f67890'], Tags: [{ Key: 'undone', Value: 'yes' }] };
    const file = runbook('cancel.json', [
      { name: 'Hold', action: 'aws:pause', inputs: {}, onCancel: 'step:Undo' },
      sleep('Never', { isEnd: true }),
      { name: 'Undo', action: 'aws:createTags', inputs: tag },
    ]);
    const child = spawn(process.execPath, [CLI, 'runbook', 'run', file], { cwd: folder, env: ENVIRONMENT });
    const said = { stdout: '', stderr: '' };
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text;
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!said.stdout.includes('--signal-type Resume') && text.includes('--signal-type Resume')) {
        child.kill('SIGINT');
      }
      said.stdout += text;
    });
    const [code] = await once(child, 'close');
    expect(said.stdout).toMatch(/✗ Hold .*Cancelled[\s\S]*✓ Undo/);
    expect(said.stdout).toMatch(/\nCancelled in /);
    expect(said.stdout).not.toContain('Never');
    expect(said.stderr).toMatch(/^Cancelling; /);
    expect(code).toBe(130);
  });

  test('Ctrl-C before the first step cancels too', async () => {
    const file = runbook('early.json', [sleep('Wait', { inputs: { Duration: 'PT5M' } })]);
    const args = [CLI, 'runbook', 'run', file];
    await using running = start(process.execPath, args, { cwd: folder, env: ENVIRONMENT });
    await running.firstLine;
    const { code, stdout } = await running.end('SIGINT');
    expect(stdout).toMatch(/\nCancelled in /);
    expect(code).toBe(130);
  });

  test('runs to its end where nobody reads what it prints', async () => {
    const mark = join(folder, 'ran');
    const inputs = {
      Runtime: 'python3.11',
      Handler: 'h',
      Script: `def h(e, c): open(${JSON.stringify(mark)}, 'w').close()`,
    };
    const file = runbook('unread.json', [
      sleep('A'),
      sleep('B', { inputs: { Duration: 'PT0.2S' } }),
      { name: 'Mark', action: 'aws:executeScript', inputs },
    ]);
    const command = `"${process.execPath}" "${CLI}" runbook run ${file} | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await run('bash', ['-c', command], { cwd: folder, env: ENVIRONMENT });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
    expect(statSync(mark).isFile()).toBe(true);
  });
});
