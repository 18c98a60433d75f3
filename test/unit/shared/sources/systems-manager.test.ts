import { describe, expect, it } from 'vitest';
import { executionEndFrom, opsItemWordFrom } from '../../../../shared/sources/systems-manager.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { sampleEvent } from '../../../helpers/records.ts';

describe('executionEndFrom', () => {
  it("reads the user guide's example, whose numbers and dates are of no use to us", () => {
    expect(executionEndFrom(sampleEvent('ssm-automation-execution-success'))).toEqual({
      automationExecutionId: '333ba70b-2333-48db-b17e-a5e69c6f4d1c',
      status: 'Success',
      account: '123456789012',
      region: 'us-east-2',
    });
  });

  it.each([
    ['no ID', { ExecutionId: undefined }],
    ['an ID that is none', { ExecutionId: '../x' }],
    ['no status', { Status: undefined }],
    ['an empty status', { Status: '' }],
  ])('%s: EVENT_INCOMPLETE', (_, changes) => {
    const sample = sampleEvent('ssm-automation-execution-success');
    const event = { ...sample, detail: { ...sample.detail, ...changes } };
    expect(errorOf(() => executionEndFrom(event)).code).toBe('EVENT_INCOMPLETE');
  });

  it.each([null, undefined, 'x', {}, { region: 'us-east-1.example.com', detail: {} }])(
    '%j: EVENT_INCOMPLETE',
    (event) => {
      expect(errorOf(() => executionEndFrom(event)).code).toBe('EVENT_INCOMPLETE');
    },
  );
});

describe('opsItemWordFrom', () => {
  it("reads the user guide's example", () => {
    expect(opsItemWordFrom(sampleEvent('ssm-ops-item-update'))).toEqual({
      opsItemId: 'oi-123456abcdef',
      account: '123456789012',
      region: 'us-west-2',
      status: 'Resolved',
      by: 'arn:aws:iam::123456789012:user/responder',
    });
  });

  it('does without who it was', () => {
    const sample = sampleEvent('ssm-ops-item-update');
    const { 'modified-by': _, ...detail } = sample.detail;
    expect(opsItemWordFrom({ ...sample, detail }).by).toBe('someone');
  });

  it.each(['oi-1', 'oi-123456abcdeg', '', undefined])('the ID %j: EVENT_INCOMPLETE', (id) => {
    const sample = sampleEvent('ssm-ops-item-update');
    const event = { ...sample, detail: { ...sample.detail, 'ops-item-id': id } };
    expect(errorOf(() => opsItemWordFrom(event)).code).toBe('EVENT_INCOMPLETE');
  });
});
