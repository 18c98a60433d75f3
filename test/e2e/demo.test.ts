import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyCheckout, ROOT } from '../helpers/checkout.ts';
import { dynoxideMissing, openDynamoDb } from '../helpers/local-dynamodb.ts';
import { type Ended, run } from '../helpers/process.ts';

const RUNBOOK = join('local', 'runbooks', 'AWS-DisablePublicAccessForSecurityGroup.yaml');

/** `node local/demo/main.ts`, of this checkout or another. */
function demo(args: readonly string[], root = ROOT): Promise<Ended> {
  return run(process.execPath, [join(root, 'local', 'demo', 'main.ts'), ...args], { cwd: root });
}

describe.skipIf(dynoxideMissing)('npm run demo', { timeout: 60_000 }, () => {
  test('--json prints one object that counts, and nothing else', async () => {
    const { code, stdout, stderr } = await demo(['--json']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(stdout)).toEqual({
      findings: 4,
      executions: { Success: 1 },
      opsItems: { Open: 1, Resolved: 3 },
      expectationsFailed: 0,
      elapsedMs: expect.any(Number),
    });
    expect(code).toBe(0);
  });

  test('tells each step to a person, and ends with a table; on any DynamoDB', async () => {
    await using dynamoDb = await openDynamoDb();
    const { code, stdout, stderr } = await demo(['--dynamodb', dynamoDb.url]);
    expect(stderr).toBe('');
    expect(stdout).not.toContain('✗');
    expect(stdout.match(/✓/g)?.length).toBeGreaterThan(10);
    expect(stdout).toContain('step RevokeOpenRules (aws:executeAwsApi): Success');
    expect(stdout).toMatch(/│ Check +│ Resource +│ Status +│ Remediation +│ Execution +│ OpsItem +│/);
    expect(stdout).toMatch(/Every expectation held, in \d+\.\d s\.\n$/);
    expect(code).toBe(0);
  });

  test('ends with 1 and says which expectations failed, where the runbook does nothing', async () => {
    const root = copyCheckout();
    const text = readFileSync(join(ROOT, RUNBOOK), 'utf8');
    writeFileSync(join(root, RUNBOOK), `${text.split('mainSteps:')[0]}${IDLE_STEPS}`);
    const { code, stdout } = await demo([], root);
    expect(stdout).toContain('✗ port 22 is closed');
    expect(stdout).toMatch(/[1-9]\d* expectations? failed, in \d+\.\d s\.\n$/);
    expect(code).toBe(1);
  });

  test.each([
    [['--jsno'], /unknown option '--jsno'/],
    [['--dynamodb', 'nowhere'], /'nowhere'.*URL/],
    [['--dynamodb', 'http://127.0.0.1:1'], /127\.0\.0\.1:1.*--dynamodb URL/],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stdout, stderr } = await demo(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });
});

const IDLE_STEPS = `mainSteps:
  - name: DoNothing
    action: aws:sleep
    inputs: { Duration: PT0S }
`;
