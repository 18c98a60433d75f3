import { describe, expect, it } from 'vitest';
import { suggest } from '../../../../cli/completion/suggest.ts';
import { createProgram } from '../../../../cli/program.ts';
import { EXECUTION_MODES } from '../../../../shared/domain/execution-mode.ts';

const program = createProgram();
const packs = ['cloudtrail', 'containment'];

/** What comes for words, of which the last is to be completed. */
function offered(...words: string[]) {
  const { values, files } = suggest(program, words, { packs: () => packs });
  return { values: values.map(({ value }) => value), files };
}

describe('suggest', () => {
  it('gives commands with what they do', () => {
    expect(suggest(program, ['exp'], { packs: () => [] })).toEqual({
      values: [{ value: 'explain', description: expect.stringContaining('what would happen') }],
      files: false,
    });
    expect(offered('').values).toEqual(expect.arrayContaining(['approve', 'mappings', 'completion', 'help']));
    expect(offered('').values).not.toContain('complete');
    expect(offered()).toEqual(offered(''));
  });

  it('gives subcommands once', () => {
    expect(offered('mappings', 'p').values).toEqual(['put']);
    expect(offered('mappings', 'put', 'put').values).toEqual([]);
    expect(offered('nothing', '').values).toEqual([]);
  });

  it.each([
    [['mappings', 'install', ''], packs, true],
    [['mappings', 'install', 'clo'], ['cloudtrail'], true],
    [['mappings', 'diff', 'cloudtrail', 'con'], ['containment'], true],
    [['mappings', 'install', 'cloudtrail', ''], [], false],
    [['mappings', 'install', '--yes', 'clo'], ['cloudtrail'], true],
    [['mappings', 'install', '--mode', 'off', 'clo'], ['cloudtrail'], true],
    [['mappings', 'install', '--mode=off', 'clo'], ['cloudtrail'], true],
    [['mappings', 'install', '--param', 'A=-b', '--param', '-c', 'clo'], ['cloudtrail'], true],
    [['mappings', 'install', '--', 'clo'], ['cloudtrail'], true],
    [['completion', ''], ['bash', 'zsh', 'fish', 'powershell'], false],
  ])('%j: names of packs, and shells', (words, values, files) => {
    expect(offered(...words)).toEqual({ values, files });
  });

  it.each([
    [['mappings', 'install', '--mode', ''], [...EXECUTION_MODES]],
    [['mappings', 'install', '--mode', 'd'], ['dryRun']],
    [['mappings', 'install', '--mode=d'], ['dryRun']],
    [
      ['findings', 'list', '--state', ''],
      ['Red', 'Yellow', 'Green'],
    ],
    [
      ['runbook', 'run', 'x.yaml', '--account', ''],
      ['memory', 'aws'],
    ],
    [['findings', 'list', '--check', ''], []],
    [['findings', 'list', '--nothing=', ''], []],
  ])('%j: values of an option', (words, values) => {
    expect(offered(...words)).toEqual({ values, files: false });
  });

  it.each([
    [['explain', '']],
    [['explain', 'a.json', '--mappings', '']],
    [['mappings', 'put', 'a.json', '']],
    [['runbook', 'run', '']],
    [['runbook', 'validate', 'a.yaml', 'b']],
    [['mappings', 'put', '--', '--']],
  ])('%j: files', (words) => {
    expect(offered(...words)).toEqual({ values: [], files: true });
  });

  it.each([
    [['approve', ''], false],
    [['explain', 'a.json', ''], false],
    [['explain', '--tags', 'a=b', 'c=d', ''], true],
    [['approve', '--wait', '30', ''], false],
  ])('%j: %s', (words, files) => {
    expect(offered(...words)).toEqual({ values: [], files });
  });

  it('gives options of the command, also those that its help has in another place', () => {
    expect(offered('mappings', 'install', '--m').values).toEqual(['--mode']);
    expect(offered('mappings', 'install', '--automation').values).toEqual(['--automation-mapping-table']);
    expect(offered('approve', '--wait', '--j').values).toEqual(['--json']);
    expect(offered('explain', '--tags', 'a=b', '--j').values).toEqual(['--json']);
    expect(offered('mappings', '-').values).toEqual(['--help']);
  });
});
