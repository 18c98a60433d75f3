import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { remediationRowFrom } from '../../../../shared/aws/remediation-image.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aRow } from '../../../helpers/state-events.ts';

describe('remediationRowFrom', () => {
  it('reads a row, and leaves out what no event tells', () => {
    const row = aRow({ opsItemId: 'oi-0123456789ab', approval: { by: 'jane' } });
    const written = { ...row, clientToken: 'x', expiresAt: 1, approval: { by: 'jane', at: 'x', of: 'y' } };
    expect(remediationRowFrom(marshall(written))).toEqual(row);
  });

  it.each([
    ['state', { state: 'Mended' }],
    ['attempt', { attempt: 'first' }],
    ['account', { account: '1' }],
    ['enteredAt.Running', { enteredAt: { Running: 'now' } }],
  ])('refuses a row with a wrong %s, and says so', (path, wrong) => {
    const error = errorOf(() => remediationRowFrom(marshall({ ...aRow(), ...wrong })));
    expect(error.code).toBe('RECORD_MALFORMED');
    expect(error.message).toContain(`AutomationExecutionTrackerTable cannot be read: ${path}`);
  });
});
