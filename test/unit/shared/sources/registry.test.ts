import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RemediatorError } from '../../../../shared/domain/errors.ts';
import { findingFrom } from '../../../../shared/sources/registry.ts';
import { errorOf } from '../../../helpers/fakes.ts';
import { aTrustedAdvisorEvent, sampleEvent } from '../../../helpers/records.ts';

describe('findingFrom', () => {
  it.each(['aws.trustedadvisor', 'awsmock.trustedadvisor'])('reads %s', (source) => {
    expect(findingFrom(aTrustedAdvisorEvent({ source })).source).toBe(source);
  });

  it.each([
    ['another source', aTrustedAdvisorEvent({ source: 'aws.guardduty' })],
    ['another detail-type', aTrustedAdvisorEvent({ 'detail-type': 'Trusted Advisor Check Refresh' })],
    ['an event of Systems Manager', sampleEvent('ssm-ops-item-update')],
    ['an empty object', {}],
    ['null', null],
    ['text', 'text'],
  ])('%s: EVENT_NOT_RECOGNISED, with what it was', (_, event) => {
    expect(errorOf(() => findingFrom(event)).code).toBe('EVENT_NOT_RECOGNISED');
  });

  it('never throws anything but a coded error (property)', () => {
    fc.assert(
      fc.property(fc.anything(), (event) => {
        try {
          findingFrom(event);
        } catch (error) {
          expect(error).toBeInstanceOf(RemediatorError);
        }
      }),
    );
  });
});
