import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCatalogue } from '../../../cli/mappings/catalogue.ts';
import { packNames } from '../../../cli/mappings/known-checks.ts';
import { packFile } from '../../../cli/mappings/load.ts';
import { type Row, readMappingsFile } from '../../../cli/mappings/mappings-file.ts';
import { exampleValues, fillParameters } from '../../../cli/mappings/pack-parameters.ts';
import { toTableRow } from '../../../cli/mappings/table-row.ts';
import { mappingAmong } from '../../../shared/domain/mapping-rows.ts';
import { matchResource } from '../../../shared/domain/match.ts';
import { checkParameters } from '../../../shared/domain/runbook.ts';
import { fillTemplate } from '../../../shared/domain/template.ts';
import { findingFrom } from '../../../shared/sources/registry.ts';

/** All packs, as the table has them. */
const packs = await Promise.all(packNames().map((name) => readMappingsFile(packFile(name))));
const table = new Map(
  packs.flatMap(({ rows, parameters }) =>
    rows.map(({ row }): [string, Row] => {
      const filled = toTableRow(fillParameters(row, exampleValues(parameters)) as Row);
      return [String(filled.checkName), filled];
    }),
  ),
);

const event = (file: string, change: (event: Record<string, unknown>) => void = () => {}) => {
  const read = JSON.parse(
    readFileSync(new URL(`../../fixtures/events/${file}.json`, import.meta.url), 'utf8'),
  );
  change(read);
  return read;
};
const rule = (configRuleName: string) => (read: Record<string, unknown>) =>
  Object.assign(read.detail as object, { configRuleName });

/** Another control of Security Hub, about another resource. */
const control = (id: string, resource: object) => (read: Record<string, unknown>) => {
  const [finding] = (read.detail as { findings: Record<string, unknown>[] }).findings;
  Object.assign(finding ?? {}, {
    GeneratorId: `security-control/${id}`,
    Compliance: { Status: 'FAILED', SecurityControlId: id },
    Resources: [resource],
  });
};
const ACCOUNT = { Type: 'AwsAccount', Id: 'AWS::::Account:111122223333' };
const BUCKET = { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::reports' };

describe('an event finds its row in the packs, and gives the runbook what it takes', () => {
  it.each([
    [
      'ta-security-hub-sourced-security-group',
      undefined,
      'AWS-DisablePublicAccessForSecurityGroup',
      { GroupId: ['sg-0a1b2c3d4e5f67890'] },
    ],
    [
      'ta-underutilized-ebs-volumes',
      undefined,
      'AWSConfigRemediation-DeleteUnusedEBSVolume',
      { VolumeId: ['vol-0c5a286715785d467'] },
    ],
    [
      'guardduty-ec2',
      undefined,
      'AWSSupport-ContainEC2Instance',
      { InstanceId: ['i-99999999'], Action: ['Contain'] },
    ],
    [
      'cloudwatch-alarm-state-change',
      undefined,
      'Remediator-IsolateEC2Instance',
      { InstanceId: ['i-0123456789abcdef0'] },
    ],
    [
      'config-rule-compliance-change',
      rule('restricted-common-ports'),
      'AWS-DisablePublicAccessForSecurityGroup',
      { GroupId: ['sg-0a1b2c3d4e5f67890'] },
    ],
    [
      'config-rule-compliance-change',
      rule('securityhub-restricted-common-ports-l6dseq'),
      'AWS-DisablePublicAccessForSecurityGroup',
      { GroupId: ['sg-0a1b2c3d4e5f67890'] },
    ],
    [
      'config-rule-compliance-change',
      rule('required-tags-conformance-pack-a1b2c3d4e'),
      'Remediator-SetRequiredTags',
      { ResourceId: ['sg-0a1b2c3d4e5f67890'], ResourceType: ['AWS::EC2::SecurityGroup'] },
    ],
    [
      'securityhub-imported-control',
      control('S3.8', BUCKET),
      'AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock',
      { BucketName: ['reports'] },
    ],
    [
      'securityhub-imported-control',
      control('EC2.7', ACCOUNT),
      'AWSConfigRemediation-EnableEbsEncryptionByDefault',
      {},
    ],
    [
      'securityhub-imported-control',
      control('S3.1', ACCOUNT),
      'AWSConfigRemediation-ConfigureS3PublicAccessBlock',
      { BlockPublicAcls: ['true'] },
    ],
    ['securityhub-imported-control', control('CloudTrail.1', ACCOUNT), 'Remediator-EnableCloudTrail', {}],
  ])('%s', async (file, change, runbook, parameters) => {
    const finding = findingFrom(event(file, change));
    const mapping = mappingAmong(table, finding);
    expect(mapping).toMatchObject({ ssmAutomationDocument: runbook });
    const { automationParameters, regexPattern } = mapping as {
      automationParameters: string;
      regexPattern: string;
    };
    const filled = fillTemplate(automationParameters, finding, matchResource(regexPattern, finding.resource));
    expect(filled).toMatchObject(parameters);
    const described = await openCatalogue().find(runbook);
    const known = [...(described?.parameters ?? [])].map(([name, { required }]) => ({ name, required }));
    expect(() => checkParameters({ name: runbook, parameters: known }, filled)).not.toThrow();
  });
});
