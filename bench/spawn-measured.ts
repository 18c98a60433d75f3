import { spawn } from 'node:child_process';

export interface Measured {
  readonly seconds: number;
  /** Of all its threads, for itself and in the kernel. */
  readonly cpuSeconds: number;
  /** Of memory that was resident. */
  readonly mostBytes: number;
  readonly stdout: string;
}

/** The last line that the process writes to standard error: what it used, by its own account. */
const MARK = 'measured:';
/** Loaded before anything else. */
const REPORT = `data:text/javascript,${encodeURIComponent(
  `process.once('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write('${MARK}' + JSON.stringify({ cpu: userCPUTime + systemCPUTime, maxRSS }) + '\\n');
  });`,
)}`;

/** Runs Node, and tells what that took. */
export async function spawnMeasured(command: string, args: readonly string[]): Promise<Measured> {
  const before = performance.now();
  const child = spawn(command, ['--import', REPORT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject));
  const [, used] = said.stderr.split(MARK);
  if (code !== 0 || used === undefined) throw new Error(`It ended with code ${code}: ${said.stderr}`);
  const { cpu, maxRSS } = JSON.parse(used) as { cpu: number; maxRSS: number };
  return {
    seconds: (performance.now() - before) / 1000,
    cpuSeconds: cpu / 1e6,
    mostBytes: maxRSS * 1024,
    stdout: said.stdout,
  };
}
