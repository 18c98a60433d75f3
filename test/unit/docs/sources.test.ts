import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../helpers/records.ts';

const folder = new URL('../../../docs/sources/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const index = read('README.md');
const service = readFileSync(new URL('../../../serverless.yml', import.meta.url), 'utf8');

describe('docs/sources', () => {
  it('has a page for each source, and the index names each page', () => {
    const pages = readdirSync(folder).filter((file) => file !== 'README.md');
    for (const page of pages) expect(index, page).toContain(`[${page}]`);
    for (const [, page = ''] of index.matchAll(/\]\(([a-z0-9-]+\.md)/g))
      expect(existsSync(new URL(page, folder)), page).toBe(true);
  });

  it('names every parameter that switches a source off', () => {
    const params = [...service.matchAll(/^ {4}(\w+Source): /gm)].map(([, name = '']) => name);
    expect(params).toContain('macieSource');
    for (const param of params) expect(index, param).toContain(`\`${param}=false\``);
  });

  it.each([
    'ta-s3-bucket-versioning',
    'config-rule-compliance-change',
    'securityhub-imported-control',
    'securityhub-custom-action-cloudtrail',
    'securityhub-v2-compliance',
    'guardduty-ec2',
    'inspector-network',
    'macie-policy',
    'access-analyzer-external',
    'access-analyzer-internal',
    'access-analyzer-unused',
    'cloudwatch-alarm-state-change',
    'remediator-finding',
  ])('names the event %s as it comes', (name) => {
    expect(index).toContain(`\`${sampleEvent(name)['detail-type']}\``);
  });

  it('says of every source what orders two events', () => {
    for (const page of readdirSync(folder).filter((file) => file !== 'README.md'))
      expect(read(page), page).toMatch(/\| (?:order|time) \|/);
  });
});
