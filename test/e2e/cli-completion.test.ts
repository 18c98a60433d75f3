import { describe, expect, test } from 'vitest';
import { CLI, cli, ENVIRONMENT, folder, write } from '../helpers/cli.ts';
import { run } from '../helpers/process.ts';

/** What a shell prints that has read the script, and then does this. */
async function inShell(shell: 'bash' | 'zsh' | 'fish', script: string) {
  // Neither a `remediator` of this machine, nor a Node that is too old for it, may help.
  const env = { ...ENVIRONMENT, PATH: '/usr/bin:/bin' };
  const args = { bash: ['--norc', '-c'], zsh: ['-f', '-c'], fish: ['--no-config', '-c'] }[shell];
  const read = {
    bash: `eval "$('${process.execPath}' '${CLI}' completion bash)"`,
    zsh: `eval "$('${process.execPath}' '${CLI}' completion zsh)"`,
    fish: `'${process.execPath}' '${CLI}' completion fish | source`,
  }[shell];
  const { code, stdout, stderr } = await run(shell, [...args, `${read}\n${script}`], { cwd: folder, env });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout;
}

const missing = async (shell: string) =>
  (await run('sh', ['-c', `command -v ${shell}`], { env: ENVIRONMENT })).code !== 0;
const [noBash, noZsh, noFish] = await Promise.all(['bash', 'zsh', 'fish'].map(missing));

describe('completion', () => {
  test.skipIf(noBash)('in bash, read twice', async () => {
    const stdout = await inShell(
      'bash',
      `eval "$(remediator completion bash)"
      complete -p remediator
      try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _remediator; echo "\${COMPREPLY[*]}"; }
      try remediator ma
      try remediator mappings install --mode = d
      try remediator mappings install --mode =
      try remediator findings list --resource arn : aws --st
      try remediator mappings get '$(touch evil)' ''
      try remediator explain ''
      ls`,
    );
    expect(stdout.split('\n')).toEqual([
      'complete -o default -F _remediator remediator',
      'mappings',
      'dryRun',
      'automatic approval dryRun notify off',
      '--state --starting-token',
      '',
      '',
      '',
    ]);
  });

  test.skipIf(noZsh)('in zsh, also where nothing else is completed yet', async () => {
    const stdout = await inShell('zsh', 'print $_comps[remediator]; remediator complete -- mappings inst');
    expect(stdout).toBe("_remediator\ninstall\tput a pack's rows into the table\n:4\n");
  });

  test.skipIf(noFish)('in fish', async () => {
    write('event.json', '{}');
    const stdout = await inShell(
      'fish',
      `complete -C 'remediator mappings install clo'
      complete -C 'remediator findings list --state='
      complete -C 'remediator explain ev'`,
    );
    expect(stdout.split('\n')).toEqual([
      'cloudtrail',
      '--state=Green',
      '--state=Red',
      '--state=Yellow',
      'event.json',
      '',
    ]);
  });

  test('in PowerShell: the script names the command', async () => {
    const { code, stdout } = await cli(['completion', 'powershell']);
    expect(stdout).toMatch(/^if \(-not \(Get-Command remediator .*function global:remediator/);
    expect(stdout).toContain("Register-ArgumentCompleter -CommandName 'remediator'");
    expect(code).toBe(0);
  });

  test('there is none for another shell', async () => {
    const { code, stderr } = await cli(['completion', 'tcsh']);
    expect(stderr).toMatch(/^error: .*tcsh.*bash, zsh, fish, powershell\.\n$/);
    expect(code).toBe(2);
  });
});
