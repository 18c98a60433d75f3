import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../../../cli/mappings/nearest.ts';

const NAMES = ['AutomationAssumeRole', 'GroupId', 'IpAddressToBlock'];

describe('nearest', () => {
  it.each([
    ['GroupID', 'GroupId'],
    ['groupid', 'GroupId'],
    ['GropuId', 'GroupId'],
    ['GroupIds', 'GroupId'],
    ['SGroupId', 'GroupId'],
    ['AssumeRole', undefined],
    ['AutomationAsumeRole', 'AutomationAssumeRole'],
    ['InstanceId', undefined],
    ['x', undefined],
    ['', undefined],
  ])('of %j it is %s', (text, wanted) => {
    expect(nearest(text, NAMES)).toBe(wanted);
  });

  it('takes the nearest of several', () => {
    expect(nearest('SecurityGroupId', ['SecurityGroupIds', 'SecurityGroupld'])).toBe('SecurityGroupIds');
    expect(nearest('aproval', ['approval', 'automatic'])).toBe('approval');
  });

  it('says nothing where nothing is near', () => {
    expect(didYouMean('GroupID', NAMES)).toBe(' (did you mean GroupId?)');
    expect(didYouMean('whatever', NAMES)).toBe('');
  });
});
