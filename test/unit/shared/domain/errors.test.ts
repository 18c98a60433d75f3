import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode, RemediatorError } from '../../../../shared/domain/errors.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

/** docs/errors.md by heading. */
const sections = new Map(
  readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section): [string, string] => [section.split('\n', 1)[0] ?? '', section]),
);

describe('docs/errors.md', () => {
  it('has a section for every code, and none for a code that there is not', () => {
    expect([...sections.keys()]).toEqual(CODES);
  });

  it.each(CODES)('%s: what it means, where it is seen, and the very remedy that people are given', (code) => {
    const section = sections.get(code) ?? '';
    expect(section).toMatch(/^\*\*What it means:\*\* \S/m);
    expect(section).toMatch(/^\*\*Where you see it:\*\* \S/m);
    expect(section.match(/^\*\*How to solve it:\*\* (.+)$/m)?.[1]).toBe(ERRORS[code].remedy);
  });
});

describe('RemediatorError', () => {
  it('carries code, remedy, whether a retry can help, and its cause', () => {
    const cause = new Error('below');
    const error = new RemediatorError('AWS_CALL_FAILED', 'It failed.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'RemediatorError',
      code: 'AWS_CALL_FAILED',
      message: 'It failed.',
      remedy: ERRORS.AWS_CALL_FAILED.remedy,
      retryable: true,
      cause,
    });
  });

  it.each(CODES)('%s: the remedy is a sentence', (code) => {
    expect(ERRORS[code].remedy).toMatch(/^[A-Z].+\.$/);
  });
});
