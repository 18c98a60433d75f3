import { describe, expect, it } from 'vitest';
import { automationStack } from '../automation/support.ts';

const Name = 'My-Runbook';
const content = (Duration: string) =>
  JSON.stringify({
    schemaVersion: '0.3',
    mainSteps: [{ name: 'one', action: 'aws:sleep', inputs: { Duration } }],
  });
const code = (expected: string) => expect.objectContaining({ code: expected });

/** A document with three versions, of which the first is the default one. */
function threeVersions() {
  const stack = automationStack({}, undefined, {});
  stack.call('CreateDocument', { Name, DocumentType: 'Automation', Content: content('PT1S') });
  for (const Duration of ['PT2S', 'PT3S'])
    stack.call('UpdateDocument', { Name, DocumentVersion: '$LATEST', Content: content(Duration) });
  const versions = () => stack.call('ListDocumentVersions', { Name }).DocumentVersions;
  return { stack, versions };
}

describe('ListDocumentVersions', () => {
  it('lists the newest first, and says which is the default one', () => {
    const { versions } = threeVersions();
    expect(versions()).toMatchObject([
      { Name, DocumentVersion: '3', IsDefaultVersion: false },
      { Name, DocumentVersion: '2', IsDefaultVersion: false },
      { Name, DocumentVersion: '1', IsDefaultVersion: true, DocumentFormat: 'JSON', Status: 'Active' },
    ]);
  });

  it('pages', () => {
    const { stack } = threeVersions();
    const first = stack.call('ListDocumentVersions', { Name, MaxResults: 2 });
    expect(first.DocumentVersions).toHaveLength(2);
    const second = stack.call('ListDocumentVersions', { Name, MaxResults: 2, NextToken: first.NextToken });
    expect(second).toMatchObject({ DocumentVersions: [{ DocumentVersion: '1' }] });
    expect(second.NextToken).toBeUndefined();
  });

  it('of a document that there is not', () => {
    const { stack } = threeVersions();
    expect(() => stack.call('ListDocumentVersions', { Name: 'Nope' })).toThrow(code('InvalidDocument'));
  });
});

describe('DeleteDocument', () => {
  it('deletes a document with all its versions; its name is free again', () => {
    const { stack } = threeVersions();
    stack.call('DeleteDocument', { Name });
    expect(() => stack.call('GetDocument', { Name })).toThrow(code('InvalidDocument'));
    expect(() => stack.call('DeleteDocument', { Name })).toThrow(code('InvalidDocument'));
    stack.call('CreateDocument', { Name, DocumentType: 'Automation', Content: content('PT1S') });
    expect(stack.call('DescribeDocument', { Name }).Document).toMatchObject({ LatestVersion: '1' });
  });

  it('deletes one version, whose number is not given again', () => {
    const { stack, versions } = threeVersions();
    stack.call('DeleteDocument', { Name, DocumentVersion: '3' });
    expect(versions()).toMatchObject([{ DocumentVersion: '2' }, { DocumentVersion: '1' }]);
    stack.call('UpdateDocument', { Name, DocumentVersion: '$LATEST', Content: content('PT4S') });
    expect(versions()).toMatchObject([
      { DocumentVersion: '4' },
      { DocumentVersion: '2' },
      { DocumentVersion: '1' },
    ]);
  });

  it.each([
    ['the default version', { Name, DocumentVersion: '1' }, 'InvalidDocumentOperation'],
    ['a version that there is not', { Name, DocumentVersion: '9' }, 'InvalidDocumentVersion'],
    ["Amazon's own", { Name: 'AWS-StopEC2Instance' }, 'AccessDeniedException'],
  ])('refuses %s', (_, input, expected) => {
    const { stack, versions } = threeVersions();
    if (input.Name !== Name)
      expect(stack.call('DescribeDocument', { Name: input.Name }).Document).toMatchObject({
        Owner: 'Amazon',
      });
    expect(() => stack.call('DeleteDocument', input)).toThrow(code(expected));
    expect(versions()).toHaveLength(3);
  });
});
