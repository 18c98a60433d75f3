import { describe, expect, it } from 'vitest';
import type { Scope } from '../../../../shared/domain/mapping.ts';
import { outsideOf } from '../../../../shared/domain/scope.ts';
import { ACCOUNT, aFinding, GROUP_ARN, REGION } from '../../../helpers/findings.ts';

const OTHER = '999999999999';
const INSIDE: readonly Scope[] = [
  {},
  { accounts: {}, regions: {}, resourcePattern: {} },
  { accounts: { include: [OTHER, ACCOUNT] } },
  { accounts: { exclude: [OTHER] } },
  { accounts: { exclude: [] } },
  { regions: { include: [REGION], exclude: ['eu-west-1'] } },
  { resourcePattern: { include: 'sg-0a1b', exclude: 'prod' } },
  { accounts: { include: [ACCOUNT] }, regions: { include: [REGION] }, resourcePattern: { include: '^arn' } },
];
const OUTSIDE: readonly (readonly [Scope, string])[] = [
  [{ accounts: { include: [OTHER] } }, `The mapping includes other accounts, not ${ACCOUNT}.`],
  [{ accounts: { include: [] } }, `The mapping includes other accounts, not ${ACCOUNT}.`],
  [{ accounts: { exclude: [ACCOUNT] } }, `The mapping excludes the account ${ACCOUNT}.`],
  [{ accounts: { include: [ACCOUNT], exclude: [ACCOUNT] } }, `The mapping excludes the account ${ACCOUNT}.`],
  [{ regions: { include: ['eu-west-1'] } }, `The mapping includes other regions, not ${REGION}.`],
  [{ regions: { exclude: [REGION] } }, `The mapping excludes the region ${REGION}.`],
  [
    { resourcePattern: { include: 'vol-' } },
    `The mapping's resourcePattern does not include the resource "${GROUP_ARN}".`,
  ],
  [
    { resourcePattern: { exclude: 'security-group' } },
    `The mapping's resourcePattern excludes the resource "${GROUP_ARN}".`,
  ],
  [
    { resourcePattern: { include: 'sg-', exclude: 'sg-' } },
    `The mapping's resourcePattern excludes the resource "${GROUP_ARN}".`,
  ],
  // One list that leaves it out is enough.
  [
    { accounts: { include: [ACCOUNT] }, regions: { exclude: [REGION] } },
    `The mapping excludes the region ${REGION}.`,
  ],
];

describe('outsideOf', () => {
  it.each(INSIDE)('%j: the finding is inside', (scope) => {
    expect(outsideOf(scope, aFinding())).toBeUndefined();
  });

  it.each(OUTSIDE)('%j: %s', (scope, sentence) => {
    expect(outsideOf(scope, aFinding())).toBe(sentence);
  });
});
