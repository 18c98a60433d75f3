import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../shared/config.ts';
import { errorOf } from '../../helpers/fakes.ts';

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  CHECK_TRACKER_TABLE: 'CheckTrackerTable',
  AUTOMATION_MAPPING_TABLE: 'AutomationMappingTable',
  AUTOMATION_EXECUTION_TRACKER_TABLE: 'AutomationExecutionTrackerTable',
  REMEDIATION_EXCEPTION_TABLE: 'RemediationExceptionTable',
  REMEDIATION_GUARD_TABLE: 'RemediationGuardTable',
  ACCOUNT_ID: '012345678901',
};

describe('readConfig', () => {
  it('reads what serverless.yml sets, and leaves the rest of the environment alone', () => {
    expect(readConfig({ ...ENVIRONMENT, PATH: '/bin', AWS_LAMBDA_FUNCTION_NAME: 'f' })).toEqual({
      region: 'us-east-1',
      checkTrackerTable: 'CheckTrackerTable',
      automationMappingTable: 'AutomationMappingTable',
      automationExecutionTrackerTable: 'AutomationExecutionTrackerTable',
      remediationExceptionTable: 'RemediationExceptionTable',
      remediationGuardTable: 'RemediationGuardTable',
      accountId: '012345678901',
      crossAccountRoleName: '',
      crossAccountExternalId: '',
      approvalActions: [],
      opsItemBudget: 9000,
    });
  });

  it('reads what is set for other accounts and for the budget', () => {
    const set = {
      CROSS_ACCOUNT_ROLE_NAME: 'path/remediator',
      CROSS_ACCOUNT_EXTERNAL_ID: 'ours:1',
      APPROVAL_ACTIONS: 'Remediate,Mend',
      OPS_ITEM_BUDGET: '10',
    };
    expect(readConfig({ ...ENVIRONMENT, ...set })).toMatchObject({
      crossAccountRoleName: 'path/remediator',
      crossAccountExternalId: 'ours:1',
      approvalActions: ['Remediate', 'Mend'],
      opsItemBudget: 10,
    });
  });

  it.each([
    ['ACCOUNT_ID', 'mine', 'must be 12 digits'],
    ['CROSS_ACCOUNT_ROLE_NAME', 'a role', 'is no name of a role'],
    ['CROSS_ACCOUNT_ROLE_NAME', 'arn:aws:iam::012345678901:role/r', 'is no name of a role'],
    ['CROSS_ACCOUNT_EXTERNAL_ID', 'a b', 'is no external ID'],
    ['APPROVAL_ACTIONS', 'Send to chat', 'are no IDs of custom actions'],
    ['OPS_ITEM_BUDGET', '-1', 'must be a number'],
    ['OPS_ITEM_BUDGET', '', 'must be a number'],
  ])('%s "%s" %s', (name, value, fault) => {
    const { code, message } = errorOf(() => readConfig({ ...ENVIRONMENT, [name]: value }));
    expect(code).toBe('CONFIG_INVALID');
    expect(message).toContain(`${name} ${fault}`);
  });

  it('reports all faults together', () => {
    const { code, message } = errorOf(() => readConfig({ AWS_REGION: 'moon', CHECK_TRACKER_TABLE: 'a b' }));
    expect(code).toBe('CONFIG_INVALID');
    for (const part of [
      'AWS_REGION is no region',
      'CHECK_TRACKER_TABLE is no table name',
      'AUTOMATION_MAPPING_TABLE is not set',
      'AUTOMATION_EXECUTION_TRACKER_TABLE is not set',
      'REMEDIATION_EXCEPTION_TABLE is not set',
      'REMEDIATION_GUARD_TABLE is not set',
      'ACCOUNT_ID is not set',
    ])
      expect(message).toContain(part);
  });

  it.each(['us-east-1', 'us-gov-west-1', 'eusc-de-east-1'])('%s is a region', (AWS_REGION) => {
    expect(readConfig({ ...ENVIRONMENT, AWS_REGION }).region).toBe(AWS_REGION);
  });
});
