// A file of recorded events as a log group of ours would have them: samples of every source, of many resources, in the
// order of time. The same numbers give the same file.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

export interface RecordingOptions {
  readonly events: number;
  /** How many resources a kind of event is about. */
  readonly resources: number;
  /** How many days it covers. */
  readonly days: number;
}

interface Kind {
  readonly sample: string;
  /** How often it comes, beside the others. */
  readonly weight: number;
  /** What names the resource, wherever it stands; `#` becomes digits. */
  readonly resource: readonly [sample: string, pattern: string];
  /** What is Red, and what it is once it is mended. */
  readonly status: readonly [red: string, green: string];
  /** Names of checks, the first of which is the sample's. */
  readonly checks?: readonly string[];
}

const GROUP = ['sg-0a1b2c3d4e5f67890', 'sg-0a1b2c3########'] as const;

const KINDS: readonly Kind[] = [
  {
    sample: 'ta-security-hub-sourced-security-group',
    weight: 3,
    resource: GROUP,
    status: ['"Status":"Red"', '"Status":"Green"'],
  },
  {
    sample: 'ta-underutilized-ebs-volumes',
    weight: 2,
    resource: ['vol-0c5a286715785d467', 'vol-0c5a28671########'],
    status: ['"WARN"', '"OK"'],
    checks: ['Underutilized Amazon EBS Volumes', 'Amazon EBS Snapshots', 'Load Balancer Optimization '],
  },
  {
    sample: 'config-rule-compliance-change',
    weight: 5,
    resource: GROUP,
    status: ['"NON_COMPLIANT"', '"COMPLIANT"'],
    checks: ['restricted-ssh', 'securityhub-vpc-default-security-group-closed-l6dseq', 'somebody-s-own-rule'],
  },
  {
    sample: 'securityhub-imported-control',
    weight: 4,
    resource: ['TestTrail-DO-NOT-DELETE', 'trail-########'],
    status: ['"Status":"FAILED"', '"Status":"PASSED"'],
    checks: ['CloudTrail.2', 'CloudTrail.4', 'EC2.2', 'S3.8', 'KMS.4', 'Lambda.1'],
  },
  {
    sample: 'securityhub-v2-compliance',
    weight: 1,
    resource: ['amzn-s3-demo-bucket', 'bucket-########'],
    status: ['"status":"New"', '"status":"Resolved"'],
  },
  {
    sample: 'guardduty-ec2',
    weight: 1,
    resource: ['i-99999999', 'i-########'],
    status: ['"archived":false', '"archived":true'],
  },
  {
    sample: 'cloudwatch-alarm-state-change',
    weight: 3,
    resource: ['i-0123456789abcdef0', 'i-012345678########'],
    status: ['"value":"ALARM"', '"value":"OK"'],
  },
  {
    sample: 'inspector-package',
    weight: 2,
    resource: ['i-12345678901234567', 'i-123456789########'],
    status: ['"status":"CLOSED"', '"status":"ACTIVE"'],
  },
  {
    sample: 'macie-policy',
    weight: 1,
    resource: ['amzn-s3-demo-bucket1', 'bucket-########'],
    status: ['"archived":false', '"archived":true'],
  },
  {
    sample: 'access-analyzer-external',
    weight: 1,
    resource: ['my-bucket', 'bucket-########'],
    status: ['"ACTIVE"', '"RESOLVED"'],
  },
  {
    sample: 'remediator-finding',
    weight: 1,
    resource: ['example-logs', 'logs-########'],
    status: ['"Red"', '"Green"'],
  },
  {
    sample: 'ssm-automation-execution-success',
    weight: 1,
    resource: ['i-', 'i-'],
    status: ['"Success"', '"Failed"'],
  },
];

const FIRST_MS = Date.UTC(2026, 9, 20);
const DAY_MS = 86_400_000;
const WRITTEN_TOGETHER = 2000;

/** @returns its size in bytes */
export function writeRecording(file: string, { events, resources, days }: RecordingOptions): number {
  const random = randomFrom(4711);
  const kinds = KINDS.flatMap((kind) =>
    Array.from({ length: kind.weight }, () => ({ ...kind, text: textOf(kind) })),
  );
  const handle = openSync(file, 'w');
  let bytes = 0;
  try {
    for (let number = 0; number < events; ) {
      const lines: string[] = [];
      for (; lines.length < WRITTEN_TOGETHER && number < events; number += 1) {
        const kind = kinds[Math.floor(random() * kinds.length)];
        if (kind === undefined) throw new RangeError('There are kinds of events');
        const at = new Date(FIRST_MS + (number / events) * days * DAY_MS);
        lines.push(lineOf(kind, { at, resource: Math.floor(random() * resources), random }));
      }
      bytes += writeSync(handle, lines.join(''));
    }
    // Otherwise it is written to disk while whoever reads it is measured.
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return bytes;
}

interface Said {
  readonly at: Date;
  readonly resource: number;
  readonly random: () => number;
}

function lineOf(kind: Kind & { readonly text: string }, { at, resource, random }: Said): string {
  const { resource: name, status, checks = [] } = kind;
  const id = name[1].replace('########', resource.toString(16).padStart(8, '0'));
  const check = checks[resource % Math.max(checks.length, 1)];
  let text = kind.text.replaceAll(name[0], id).replaceAll('@time@', at.toISOString());
  if (check !== undefined && checks[0] !== undefined) text = text.replaceAll(checks[0], check);
  if (random() < 0.3) text = text.replaceAll(status[0], status[1]);
  return `${text}\n`;
}

/** All of its times are the event's. */
function textOf({ sample }: Kind): string {
  const file = new URL(`../test/fixtures/events/${sample}.json`, import.meta.url);
  const text = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
  return text.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+0000)/g, '@time@');
}

/** Numbers from 0 to 1 that look like chance (a linear congruential generator). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
