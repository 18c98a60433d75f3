import { readFileSync } from 'node:fs';

/** An EventBridge event, as loosely as events come. */
export interface AnEvent {
  readonly [key: string]: unknown;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** One of test/fixtures/events/. */
export function sampleEvent(name: string): AnEvent {
  return JSON.parse(readFileSync(new URL(`../fixtures/events/${name}.json`, import.meta.url), 'utf8'));
}

/** Trusted Advisor's event about a security group; what is undefined is left out, as AWS leaves it out. */
export function aTrustedAdvisorEvent({
  item = {},
  detail = {},
  ...envelope
}: {
  readonly item?: Readonly<Record<string, unknown>>;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
} = {}): AnEvent {
  const sample = sampleEvent('ta-security-hub-sourced-security-group');
  const event = {
    ...sample,
    ...envelope,
    detail: {
      ...sample.detail,
      'check-item-detail': { ...(sample.detail['check-item-detail'] as object), ...item },
      ...detail,
    },
  };
  return JSON.parse(JSON.stringify(event));
}
