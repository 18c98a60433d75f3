// Size and import time of each deployed bundle, beside the import time of the bare SDK clients that it uses.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Table from 'cli-table3';
import { type BuildOptions, build } from 'esbuild';
import { unzipSync } from 'fflate';
import { ACCOUNT_ID, REGION } from '../local/place.ts';
import { readServiceDefinition } from '../local/service-definition/read-service-definition.ts';

/** What the project promises. */
const LIMITS = { bytes: 700_000, ratio: 1.5 };
const ROUNDS = 25;
const ROOT = join(import.meta.dirname, '..');
/** As serverless.yml bundles the functions. */
const ESBUILD: BuildOptions = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(ROOT, 'shared/aws/lambda-credentials.ts') },
};
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  CHECK_TRACKER_TABLE: 'CheckTrackerTable',
  AUTOMATION_MAPPING_TABLE: 'AutomationMappingTable',
  AUTOMATION_EXECUTION_TRACKER_TABLE: 'AutomationExecutionTrackerTable',
  REMEDIATION_EXCEPTION_TABLE: 'RemediationExceptionTable',
  REMEDIATION_GUARD_TABLE: 'RemediationGuardTable',
  ACCOUNT_ID: '123456789012',
};

const folder = mkdtempSync(join(tmpdir(), 'remediator-cold-'));
try {
  const results = await measure();
  print(results);
  const short = results.filter(({ bytes, ratio }) => bytes >= LIMITS.bytes || ratio > LIMITS.ratio);
  process.exitCode = short.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

interface Result {
  readonly name: string;
  readonly bytes: number;
  readonly importMs: number;
  readonly bareMs: number;
  readonly ratio: number;
}

async function measure(): Promise<Result[]> {
  execFileSync(join(ROOT, 'node_modules/.bin/osls'), ['package', '--package', join(folder, 'package')], {
    cwd: ROOT,
    stdio: 'pipe',
  });
  const file = join(ROOT, 'serverless.yml');
  const { functions } = await readServiceDefinition({ file, accountId: ACCOUNT_ID, region: REGION });
  const results: Result[] = [];
  for (const { name, file: source } of functions) {
    const bundle = unpack(name);
    const bare = await bundleClients(name, source);
    // Turn about, so that whatever else the machine does falls on both.
    const times = Array.from({ length: ROUNDS }, () => [importTime(bundle.file), importTime(bare)] as const);
    const importMs = median(times.map(([time]) => time));
    const bareMs = median(times.map(([, time]) => time));
    results.push({ name, bytes: bundle.bytes, importMs, bareMs, ratio: importMs / bareMs });
  }
  return results;
}

/** The bundle as it is deployed, out of its zip. */
function unpack(name: string): { file: string; bytes: number } {
  const files = Object.entries(unzipSync(readFileSync(join(folder, 'package', `${name}.zip`))));
  const code = files.filter(([path]) => path.endsWith('.mjs'));
  const [only] = code;
  if (code.length !== 1 || !only) throw new Error(`${name}.zip holds ${code.length} bundles, not one`);
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, only[1]);
  return { file, bytes: only[1].length };
}

/** A bundle of nothing but the SDK clients and commands that end up in the function's bundle, each client made once. */
async function bundleClients(name: string, source: string): Promise<string> {
  const define = { 'process.env.TRACING': '"PassThrough"' };
  const { metafile } = await build({
    ...ESBUILD,
    entryPoints: [source],
    write: false,
    metafile: true,
    define,
    outdir: folder,
  });
  const bundled = Object.entries(Object.values(metafile?.outputs ?? {})[0]?.inputs ?? {})
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  const lines = bundled
    .filter((path) => !path.includes('node_modules'))
    .flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/import \{([^}]*)\} from '(@aws-sdk\/client-[\w-]+)'/g),
    ])
    .filter(([, , client]) => bundled.some((path) => path.includes(`node_modules/${client}/`)))
    .map(([, names = '', client], index) => {
      const values = names.split(',').map((each) => each.trim());
      const used = values.filter((each) => each && !each.startsWith('type '));
      const imported = used.map((each) => `${each} as ${each}_${index}`).join(', ');
      const made = used.map((each) =>
        each.endsWith('Client') ? `new ${each}_${index}({})` : `${each}_${index}`,
      );
      return `import { ${imported} } from '${client}'; globalThis.used${index} = [${made.join(', ')}];`;
    });
  const outfile = join(folder, `${name}-bare.mjs`);
  await build({ ...ESBUILD, stdin: { contents: lines.join('\n'), resolveDir: ROOT }, outfile });
  return outfile;
}

/** Milliseconds that a fresh Node takes to import the file. */
function importTime(file: string): number {
  const script = `const t=performance.now();await import(${JSON.stringify(file)});console.log(performance.now()-t)`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...ENVIRONMENT, PATH: '/usr/bin:/bin' },
    encoding: 'utf8',
  });
  return Number(printed.trim().split('\n').at(-1));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(results: readonly Result[]): void {
  const table = new Table({
    head: ['function', 'bundle', 'import', 'bare SDK clients', 'ratio'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, bytes, importMs, bareMs, ratio } of results) {
    table.push([
      name,
      `${(bytes / 1000).toFixed(0)} KB`,
      `${importMs.toFixed(1)} ms`,
      `${bareMs.toFixed(1)} ms`,
      ratio.toFixed(2),
    ]);
  }
  console.log(
    `${table.toString()}\nMedians of ${ROUNDS} imports each. Promised: under ${LIMITS.bytes / 1000} KB, ratio at most ${LIMITS.ratio}.`,
  );
}
