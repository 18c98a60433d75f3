import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Ended, RunOptions } from './process.ts';

/** A process in which one command of an AWS CLI after the other is run: its start costs more than most commands. */
export interface CliSession extends AsyncDisposable {
  run(args: readonly string[]): Promise<Ended>;
}

/**
 * The CLI's own entry point, as its script `aws` calls it. Each command leaves a driver full of cycles behind, and
 * Python would look for them during every other command: once in eight is enough.
 */
const PROGRAM = `
import contextlib, gc, io, json, sys
from awscli.clidriver import main

def run(args):
    out, err = io.StringIO(), io.StringIO()
    sys.argv[1:] = args
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main()
        except SystemExit as end:
            code = end.code
    return {'code': code or 0, 'stdout': out.getvalue(), 'stderr': err.getvalue()}

gc.disable()
for count, line in enumerate(sys.stdin, 1):
    print(json.dumps(run(json.loads(line))), flush=True)
    if count % 8 == 0:
        gc.collect()
`;

/** @param python the interpreter that the CLI is installed for */
export function openSession(python: string, env: NonNullable<RunOptions['env']>): CliSession {
  const child = spawn(python, ['-c', PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const asked: PromiseWithResolvers<Ended>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => asked.shift()?.resolve(JSON.parse(line)));
  const closed = once(child, 'close');
  const broken = closed.then(([code]): never => {
    throw new Error(`the session of ${python} ended with code ${code}`);
  });
  // Only who waits for an answer has to know.
  broken.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  return {
    run: (args) => {
      const answer = Promise.withResolvers<Ended>();
      asked.push(answer);
      child.stdin.write(`${JSON.stringify(args)}\n`);
      return Promise.race([answer.promise, broken]);
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await closed;
    },
  };
}
