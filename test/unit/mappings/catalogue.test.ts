import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCatalogue, readAwsRunbooks } from '../../../cli/mappings/catalogue.ts';
import { validateDocument } from '../../../local/ssm/documents/validate.ts';

const { runbooks } = readAwsRunbooks();
const names = Object.keys(runbooks);
const standIns = new URL('../../../local/runbooks/', import.meta.url);
const files = readdirSync(standIns).filter((file) => file.startsWith('AWS'));

describe('the catalogue of AWS-owned runbooks', () => {
  it('has those of which the laptop has a stand-in', () => {
    expect(names).toEqual(expect.arrayContaining(files.map((file) => basename(file, '.yaml'))));
  });

  it.each(names)(
    '%s: a page of AWS, types that Automation knows, defaults only of what is optional',
    (name) => {
      const { page, parameters } = runbooks[name] ?? { page: '', parameters: {} };
      expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w/-]+\.html$/);
      for (const [parameter, each] of Object.entries(parameters)) {
        expect(parameter).toMatch(/^\w{1,50}$/);
        if (each.type !== undefined)
          expect(each.type).toMatch(/^(String|StringList|Integer|Boolean|StringMap|MapList|AWS::[\w:]+)$/);
        expect(each.required && each.default !== undefined).toBe(false);
        if (each.allowedPattern !== undefined)
          expect(() => new RegExp(each.allowedPattern ?? '')).not.toThrow();
      }
    },
  );

  it.each(names)('%s demands its role where Config owns it, and only there', (name) => {
    const { AutomationAssumeRole } = runbooks[name]?.parameters ?? {};
    expect(AutomationAssumeRole?.required).toBe(name.startsWith('AWSConfigRemediation-'));
  });

  it.each(files)('%s has the same parameters on the laptop, and demands no others', (file) => {
    const standIn = validateDocument(readFileSync(new URL(file, standIns), 'utf8')).runbook;
    const documented = runbooks[basename(file, '.yaml')]?.parameters ?? {};
    expect([...(standIn?.parameters.keys() ?? [])].sort()).toEqual(Object.keys(documented).sort());
    for (const parameter of standIn?.parameters.values() ?? [])
      expect([parameter.name, parameter.default === undefined]).toEqual([
        parameter.name,
        documented[parameter.name]?.required,
      ]);
  });
});

describe('openCatalogue', () => {
  const catalogue = openCatalogue();

  it('knows our own runbooks by their documents', async () => {
    const found = await catalogue.find('Remediator-EnableCloudTrail');
    expect(found?.parameters.get('CloudTrailKmsKeyId')).toMatchObject({ type: 'String', required: true });
    expect(found?.parameters.get('IsMultiRegionTrail')).toMatchObject({
      type: 'Boolean',
      required: false,
      default: 'true',
    });
    expect(found?.parameters.get('AssumeRole')?.allowedPattern).toContain(':role/');
  });

  it('takes the ARN of a shared document for its name', async () => {
    const arn = 'arn:aws:ssm:us-east-1:111122223333:document/AWS-StopEC2Instance';
    expect((await catalogue.find(arn))?.name).toBe('AWS-StopEC2Instance');
  });

  it.each(['constructor', '__proto__', 'AWS-Nothing', ''])('knows nothing of %j', async (name) => {
    expect(await catalogue.find(name)).toBeUndefined();
  });
});
