import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../local/clock.ts';
import { createDocuments } from '../../../local/ssm/documents/documents.ts';
import { TagStore } from '../../../local/ssm/tags/tag-store.ts';
import { CONTEXT } from '../local/ssm/automation/support.ts';
import { allSteps, RUNBOOKS, readRunbook } from './support.ts';

const NAMES = readdirSync(RUNBOOKS)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

describe.each(NAMES)('%s', (name) => {
  const path = join(RUNBOOKS, `${name}.yaml`);
  const content = readFileSync(path, 'utf8');
  const runbook = readRunbook(name);

  it('is taken by CreateDocument', () => {
    const documents = createDocuments({
      clock: systemClock,
      tags: new TagStore(),
      accountId: CONTEXT.accountId,
      directories: [],
    });
    const input = { Name: name, Content: content, DocumentType: 'Automation', DocumentFormat: 'YAML' };
    expect(documents.operations.CreateDocument?.(input, CONTEXT)).toMatchObject({
      DocumentDescription: { Name: name, Status: 'Active' },
    });
  });

  it('fits into a document, and into a template', () => {
    expect(statSync(path).size).toBeLessThan(64 * 1024);
    // CloudFormation takes its content as JSON; osls reads ${…} as a variable of its own; AWS knows no YAML anchors.
    expect(JSON.stringify(runbook).length).toBeLessThan(64 * 1024);
    expect(content).not.toContain('${');
    expect(content).not.toMatch(/:\s[&*]\w/);
  });

  it('has tokens in no selector', () => {
    const selectors = [...content.matchAll(/(?:Selector|PropertySelector): (.*)/g)].map(
      ([, selector]) => selector,
    );
    expect(selectors.filter((selector) => selector?.includes('{{'))).toEqual([]);
    expect(selectors.filter((selector) => (selector?.match(/&&/g) ?? []).length > 1)).toEqual([]);
  });

  it('runs as the role that it is given, or as its caller', () => {
    const role = Object.keys(runbook.parameters).find((parameter) => parameter.endsWith('AssumeRole'));
    expect(runbook.assumeRole).toBe(`{{ ${role} }}`);
    expect(runbook.parameters[role ?? '']).toMatchObject({ type: 'String', default: '' });
  });

  it('describes itself and its parameters, and says which of them are required', () => {
    expect(runbook.description.length).toBeGreaterThan(80);
    for (const { description, default: fallback } of Object.values(runbook.parameters)) {
      expect(description).toMatch(fallback === undefined ? /^\(Required\) / : /^\(Optional\) /);
    }
  });

  it('lets nothing but safe characters into a text parameter', () => {
    const free = Object.entries(runbook.parameters).filter(
      ([, { type, allowedPattern, allowedValues }]) =>
        type === 'String' && allowedPattern === undefined && allowedValues === undefined,
    );
    expect(free).toEqual([]);
  });

  it('names each step once, loops included', () => {
    const names = allSteps(runbook.mainSteps).map((step) => step.name);
    expect(names).toEqual([...new Set(names)]);
  });
});

describe('runbooks/README.md', () => {
  const sections = readFileSync(join(RUNBOOKS, 'README.md'), 'utf8').split(/^## /m);

  it.each(NAMES)('describes %s: every parameter, every output, permissions, and how to undo it', (name) => {
    const section = sections.find((text) => text.startsWith(`${name}\n`)) ?? '';
    const { parameters, outputs } = readRunbook(name);
    const shared = 'AutomationAssumeRole';
    for (const [parameter, { default: fallback }] of Object.entries(parameters)) {
      if (parameter !== shared)
        expect(section).toContain(`\`${parameter}\`${fallback === undefined ? '*' : ''}`);
    }
    for (const output of Array.isArray(outputs) ? outputs : []) expect(section).toContain(`\`${output}\``);
    expect(section).toContain('**Permissions**');
    expect(section).toContain('**To undo**');
  });
});
