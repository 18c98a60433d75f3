import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../shared/config.ts';
import { errorOf } from '../../helpers/fakes.ts';

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  CHECK_TRACKER_TABLE: 'CheckTrackerTable',
  AUTOMATION_MAPPING_TABLE: 'AutomationMappingTable',
  AUTOMATION_EXECUTION_TRACKER_TABLE: 'AutomationExecutionTrackerTable',
};

describe('readConfig', () => {
  it('reads what serverless.yml sets, and leaves the rest of the environment alone', () => {
    expect(readConfig({ ...ENVIRONMENT, PATH: '/bin', AWS_LAMBDA_FUNCTION_NAME: 'f' })).toEqual({
      region: 'us-east-1',
      checkTrackerTable: 'CheckTrackerTable',
      automationMappingTable: 'AutomationMappingTable',
      automationExecutionTrackerTable: 'AutomationExecutionTrackerTable',
    });
  });

  it('reports all faults together', () => {
    const { code, message } = errorOf(() => readConfig({ AWS_REGION: 'moon', CHECK_TRACKER_TABLE: 'a b' }));
    expect(code).toBe('CONFIG_INVALID');
    for (const part of [
      'AWS_REGION is no region',
      'CHECK_TRACKER_TABLE is no table name',
      'AUTOMATION_MAPPING_TABLE is not set',
      'AUTOMATION_EXECUTION_TRACKER_TABLE is not set',
    ])
      expect(message).toContain(part);
  });

  it.each(['us-east-1', 'us-gov-west-1', 'eusc-de-east-1'])('%s is a region', (AWS_REGION) => {
    expect(readConfig({ ...ENVIRONMENT, AWS_REGION }).region).toBe(AWS_REGION);
  });
});
