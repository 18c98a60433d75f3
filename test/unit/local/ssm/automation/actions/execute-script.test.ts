import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../../../local/clock.ts';
import { actionStack, type StackOptions } from './support.ts';

const stackOf = (options: StackOptions = {}) => actionStack({}, { clock: systemClock, ...options });
const step = (script: string | readonly string[], inputs: object = {}, more: object = {}) => ({
  action: 'aws:executeScript',
  inputs: {
    Runtime: 'python3.11',
    Handler: 'script_handler',
    Script: [script].flat().join('\n'),
    ...inputs,
  },
  ...more,
});

describe('aws:executeScript', () => {
  it('gives the handler its input and context, and shows what it returns and prints', async () => {
    const { runAll } = stackOf();
    const shown = await runAll([
      {
        ...step(
          [
            'import sys',
            'def script_handler(events, context):',
            '    print("seen", events["id"])',
            '    print("warned", file=sys.stderr)',
            '    return {"ids": [events["id"]], "context": context, "name": __name__}',
          ],
          { InputPayload: { id: 'i-1' } },
        ),
        outputs: [
          { Name: 'Ids', Selector: '$.Payload.ids', Type: 'StringList' },
          { Name: 'Region', Selector: "$.Payload.context['global:REGION']" },
        ],
      },
    ]);
    const [outputs] = shown.StepExecutions.map(({ Outputs }) => Outputs);
    expect(outputs).toMatchObject({ Ids: ['i-1'], Region: ['us-east-1'] });
    expect(outputs?.ExecutionLog?.[0]?.split('\n').sort()).toEqual(['', 'seen i-1', 'warned']);
    const payload = JSON.parse(outputs?.Payload?.[0] ?? '');
    expect(payload).toMatchObject({
      name: 'customer_script',
      context: {
        'automation:EXECUTION_ID': shown.AutomationExecutionId,
        'global:ACCOUNT_ID': '123456789012',
        'global:AWS_PARTITION': 'aws',
      },
    });
    expect(payload.context['global:DATE']).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it.each([
    ['python3.8', 'return None', 'null'],
    ['python3.10', 'return [1, "ü", True]', '[1,"ü",true]'],
    ['python3.x', 'return events', '{}'],
  ])('runs %s: %s', async (Runtime, line, payload) => {
    const { run } = stackOf();
    const shown = await run(step(['def script_handler(events, context):', `    ${line}`], { Runtime }));
    expect(shown.StepStatus).toBe('Success');
    expect(JSON.parse(shown.Outputs?.OutputPayload?.[0] ?? '').Payload).toEqual(JSON.parse(payload));
  });

  it('takes a script as a list of its lines', async () => {
    const { run } = stackOf();
    const Script = ['def script_handler(events, context):', '', '    return "{{ global:REGION }}"'];
    const shown = await run(step('', { Script }));
    expect(shown.Outputs).toMatchObject({ Payload: ['us-east-1'] });
  });

  it('gives times that boto3 has read as responses of aws:executeAwsApi have them', async () => {
    const { run } = stackOf();
    const shown = await run(
      step([
        'from datetime import date, datetime, timedelta, timezone',
        'def script_handler(events, context):',
        '    east = timezone(timedelta(hours=2))',
        '    at = datetime(2024, 1, 2, 3, 4, 5, 678900)',
        '    return [at, at.replace(tzinfo=east), {"Day": date(2024, 1, 2)}]',
      ]),
    );
    expect(JSON.parse(shown.Outputs?.OutputPayload?.[0] ?? '').Payload).toEqual([
      '2024-01-02T03:04:05.678Z',
      '2024-01-02T01:04:05.678Z',
      { Day: '2024-01-02' },
    ]);
  });

  it('fills in tokens, and leaves other braces to the script', async () => {
    const { run } = stackOf();
    const shown = await run(
      step([
        'def script_handler(events, context):',
        '    return {"region": "{{ global:REGION }}", "text": "{{ no token }}".format(), "map": {"a": {"b": {}}}}',
      ]),
    );
    expect(JSON.parse(shown.Outputs?.Payload?.[0] ?? '')).toEqual({
      region: 'us-east-1',
      text: '{ no token }',
      map: { a: { b: {} } },
    });
  });

  it("fails with the traceback's last lines, and shows what was printed before", async () => {
    const { run } = stackOf();
    const shown = await run(
      step(['def script_handler(events, context):', '    print("so far")', "    return events['nothing']"]),
    );
    expect(shown.FailureMessage).toMatch(
      /^Step fails when it is Poll action status for completion\. Traceback \(most recent call last\):\n {2}File "\S+customer_script\.py", line 3, in script_handler\n {4}return events\['nothing'\]\n[\s^~]*\nKeyError - 'nothing'\. Please refer/,
    );
    expect(shown.FailureMessage).not.toContain('launcher.py');
    expect(shown.Outputs).toMatchObject({ ExecutionLog: ['so far\n'] });
  });

  it.each([
    ['def script_handler(events', 'SyntaxError - '],
    ['raise RuntimeError("at import")', 'RuntimeError - at import'],
    ['def other(events, context): pass', 'The script has no function script_handler, which Handler names'],
    ['script_handler = 1', 'The script has no function script_handler'],
    [
      'def script_handler(): pass',
      'TypeError - script_handler() takes 0 positional arguments but 2 were given',
    ],
    ['def script_handler(e, c): return {1, 2}', "returned what can't be written as JSON"],
    ['def script_handler(e, c): return float("nan")', "returned what can't be written as JSON"],
    [
      'def script_handler(e, c):\n  a = []\n  a.append(a)\n  return a',
      "returned what can't be written as JSON",
    ],
    ['import sys\ndef script_handler(e, c): sys.exit(3)', 'SystemExit - 3'],
    [
      'import os\ndef script_handler(e, c): os._exit(4)',
      'ended with the exit code 4 before its handler returned',
    ],
    ['import os\ndef script_handler(e, c): os.kill(os.getpid(), 15)', 'ended by the signal SIGTERM'],
    ['def script_handler(e, c): return script_handler(e, c)', 'RecursionError - '],
    ['import no_such_module', "ModuleNotFoundError - No module named 'no_such_module'"],
  ])('fails for %j', async (script, message) => {
    const { run } = stackOf();
    const shown = await run(step(script));
    expect(shown.StepStatus).toBe('Failed');
    expect(shown.FailureMessage).toContain(message);
  });

  it('sees nothing of the environment but what it needs', async () => {
    vi.stubEnv('SECRET_OF_THE_TEST', 'secret');
    const { run } = stackOf({ endpointUrl: () => 'http://127.0.0.1:4566' });
    const shown = await run(
      step(['import os', 'def script_handler(e, c):', '    return dict(os.environ, cwd=os.getcwd())']),
    );
    vi.unstubAllEnvs();
    const environment = JSON.parse(shown.Outputs?.Payload?.[0] ?? '{}');
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      TZ: 'UTC',
      PYTHONDONTWRITEBYTECODE: '1',
      HOME: environment.cwd,
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_TEST');
    expect(Object.keys(environment).length).toBeLessThan(25);
  });

  it('never calls AWS where it has no account, and takes variables of its own', async () => {
    const script = [
      'import os',
      'def script_handler(e, c):',
      '    return {"url": os.environ.get("AWS_ENDPOINT_URL"), "token": os.environ.get("AWS_SESSION_TOKEN")}',
    ];
    const payloadOf = async (options: StackOptions) =>
      JSON.parse((await stackOf(options).run(step(script))).Outputs?.Payload?.[0] ?? '');
    expect(await payloadOf({})).toEqual({ url: 'http://no-endpoint-for-scripts.invalid', token: null });
    const environment = () => ({ AWS_ENDPOINT_URL: '', AWS_SESSION_TOKEN: 'token' });
    expect(await payloadOf({ scripts: { environment } })).toEqual({ url: null, token: 'token' });
  });

  it('runs scripts side by side', async () => {
    const { runAll } = stackOf();
    const script = ['def script_handler(e, c):', '    return e'];
    const shown = await Promise.all(
      Array.from({ length: 12 }, (_, n) => runAll([step(script, { InputPayload: { n } })])),
    );
    expect(shown.map(({ StepExecutions }) => StepExecutions[0]?.Outputs?.Payload)).toEqual(
      Array.from({ length: 12 }, (_, n) => [`{"n":${n}}`]),
    );
  });

  it.each([
    [
      { Runtime: 'PowerShell 7.4' },
      'the Runtime PowerShell 7.4 is PowerShell, which this Systems Manager does not run',
    ],
    [{ Runtime: 'dotnetcore3.1' }, 'is PowerShell'],
    [{ Runtime: 'python2.7' }, 'there is no Runtime python2.7'],
    [{ Handler: '' }, 'the input Handler is missing'],
    [{ Handler: 'os.system("x")' }, 'is not the name of a function'],
    [{ Script: '' }, 'Script or Attachment has to be given'],
    [{ Timeout: 3 }, 'there is no input Timeout'],
    [{ Attachment: 'lib.zip' }, 'has no attachment lib.zip'],
  ])('refuses %j', async (inputs, message) => {
    const shown = await stackOf().run(step('def script_handler(e, c): pass', inputs));
    expect(shown.FailureMessage).toContain(message);
    expect(shown.FailureDetails).toMatchObject({ FailureStage: 'InputValidation' });
  });

  it('says so where there is no Python, or it does not work', async () => {
    const script = step('def script_handler(e, c): pass');
    expect((await stackOf({ scripts: { path: '/nowhere:' } }).run(script)).FailureMessage).toContain(
      "The script can't be run: there is no python3 on the PATH. Install Python 3",
    );
    expect((await stackOf({ scripts: { python: '/bin/false' } }).run(script)).FailureMessage).toContain(
      '/bin/false does not work as Python 3',
    );
  });
});
