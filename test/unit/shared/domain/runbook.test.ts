import { describe, expect, it } from 'vitest';
import { checkParameters } from '../../../../shared/domain/runbook.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aRunbook } from '../../../helpers/findings.ts';

describe('checkParameters', () => {
  it('lets through what the runbook takes', () => {
    expect(() => checkParameters(aRunbook(), { GroupId: ['x'] })).not.toThrow();
    expect(() => checkParameters(aRunbook({ parameters: [] }), {})).not.toThrow();
  });

  it('names an unknown parameter, those that there are, and the one that was meant', () => {
    const error = errorOf(() => checkParameters(aRunbook(), { groupId: ['x'] }));
    expect(error.code).toBe('RUNBOOK_PARAMETER_UNKNOWN');
    expect(error.message).toContain('groupId (did you mean GroupId?)');
    expect(error.message).toContain('IpAddressToBlock');
  });

  it('says so where the runbook takes none', () => {
    const error = errorOf(() => checkParameters(aRunbook({ parameters: [] }), { A: ['x'] }));
    expect(error.message).toContain('it takes none');
  });

  it('names a parameter that is demanded and missing', () => {
    const error = errorOf(() => checkParameters(aRunbook(), { IpAddressToBlock: ['x'] }));
    expect(error).toMatchObject({
      code: 'RUNBOOK_PARAMETER_MISSING',
      message: expect.stringContaining('GroupId'),
    });
  });

  it('is not fooled by names of Object.prototype', () => {
    const runbook = aRunbook({ parameters: [{ name: 'constructor', required: true }] });
    expect(errorOf(() => checkParameters(runbook, {})).code).toBe('RUNBOOK_PARAMETER_MISSING');
  });
});
