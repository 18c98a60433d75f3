import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allSteps, readRunbook } from './support.ts';

const steps = allSteps(readRunbook('Remediator-StopApplication').mainSteps);

function commandsOf(name: string, application: string): string {
  const inputs = steps.find((step) => step.name === name)?.inputs as { Parameters: { commands: string[] } };
  return inputs.Parameters.commands.join('\n').replaceAll('{{ ApplicationName }}', application);
}

/** Runs the script with stand-ins for what it would do to the machine; each notes its arguments. */
describe('what Remediator-StopApplication runs on Linux', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'stop-application-'));
    for (const command of ['systemctl', 'pkill', 'pgrep', 'sleep']) stub(command);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** `rule` is a shell's test of the arguments that decides how the command ends. */
  const stub = (command: string, rule = 'true') => {
    const path = join(directory, command);
    writeFileSync(path, `#!/bin/sh\necho "${command} $*" >> "${directory}/log"\n${rule}\n`);
    chmodSync(path, 0o755);
  };
  const stop = (application: string) => {
    const { status, stderr } = spawnSync('/bin/sh', ['-c', commandsOf('StopOnLinux', application)], {
      encoding: 'utf8',
      env: { PATH: `${directory}:/usr/bin:/bin` },
    });
    return { status, stderr };
  };
  const log = () => readFileSync(join(directory, 'log'), 'utf8').trim().split('\n');

  it('disables and stops the service, then ends the processes', () => {
    stub('pgrep', 'false');
    expect(stop('telnetd')).toEqual({ status: 0, stderr: '' });
    expect(log()).toEqual([
      'systemctl cat telnetd.service',
      'systemctl disable --now telnetd.service',
      'pkill -x telnetd',
      'pgrep -x telnetd',
    ]);
  });

  it('does nothing to an application that is not there', () => {
    stub('systemctl', 'false');
    stub('pkill', 'false');
    stub('pgrep', 'false');
    expect(stop('telnetd').status).toBe(0);
    expect(log()).not.toContain('systemctl disable --now telnetd.service');
  });

  it('looks for the 15 characters that the kernel keeps of a name', () => {
    stub('pgrep', 'false');
    expect(stop('a-very-long-application-name').status).toBe(0);
    expect(log()).toContain('pkill -x a-very-long-app');
    expect(log()).toContain('systemctl disable --now a-very-long-application-name.service');
  });

  it('kills what does not end within ten seconds, and fails where even that does not help', () => {
    stub('pgrep', 'true');
    expect(stop('telnetd')).toEqual({ status: 1, stderr: 'telnetd still runs\n' });
    expect(log().filter((line) => line === 'sleep 1')).toHaveLength(11);
    expect(log()).toContain('pkill -9 -x telnetd');
  });

  it('fails where the service can not be stopped', () => {
    stub('systemctl', 'test "$1" = cat');
    expect(stop('telnetd').status).toBe(1);
    expect(log()).not.toContain('pkill -x telnetd');
  });

  it.each(['amazon-ssm-agent', 'ssm-agent-worker', 'systemd', 'systemd-journald', 'init'])(
    'refuses %s',
    (name) => {
      expect(stop(name)).toEqual({ status: 1, stderr: `${name} is not to be stopped\n` });
    },
  );

  it('reads well on a shell with -n, and has no name outside quotes', () => {
    for (const line of commandsOf('StopOnLinux', '{{ ApplicationName }}').split('\n').slice(1)) {
      expect(line).not.toContain('{{');
    }
  });
});

it('hands the name to PowerShell once, in single quotes', () => {
  const lines = commandsOf('StopOnWindows', '@@').split('\n');
  expect(lines.filter((line) => line.includes('@@'))).toEqual(["$name = '@@'"]);
});
