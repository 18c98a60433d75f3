import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import type { JsonObject } from '../../../service.ts';
import { text } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { runInstances } from './operations/run-instances.ts';
import { assertWellFormed, LAUNCH_TEMPLATE } from './resource-ids.ts';
import type { LaunchTemplateRecord, LaunchTemplateVersion } from './storage-state.ts';
import { tagList } from './tags.ts';

/** What a launch is to be. Kept as it was given; RunInstances' own schema says what may be in it. */
export const launchTemplateData = z.record(z.string(), z.unknown());

/** A template's name. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
export const templateName = z
  .string()
  .regex(/^[\w()./-]{3,128}$/, 'A name has 3 to 128 letters, digits and ()./-_.');

export const templateReference = {
  LaunchTemplateId: text.optional(),
  LaunchTemplateName: text.optional(),
};

interface Reference {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

/** @throws AwsError InvalidLaunchTemplateId.Malformed, InvalidLaunchTemplateId.NotFound, InvalidLaunchTemplateName.NotFoundException, MissingParameter */
export function requireTemplate(
  { LaunchTemplateId, LaunchTemplateName }: Reference,
  { state }: MemoryContext,
): LaunchTemplateRecord {
  const { launchTemplates } = state.ec2;
  if (LaunchTemplateId !== undefined) {
    assertWellFormed(LAUNCH_TEMPLATE, LaunchTemplateId);
    const template = launchTemplates.get(LaunchTemplateId);
    if (template) return template;
    throw new AwsError(LAUNCH_TEMPLATE.notFound, LAUNCH_TEMPLATE.describe(LaunchTemplateId));
  }
  if (LaunchTemplateName === undefined) {
    throw new AwsError('MissingParameter', 'Either launchTemplateId or launchTemplateName must be specified');
  }
  const template = [...launchTemplates.values()].find(({ name }) => name === LaunchTemplateName);
  if (template) return template;
  throw new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${LaunchTemplateName}, does not exist.`,
  );
}

/** The version of that number, `$Default` or `$Latest`. @throws AwsError InvalidLaunchTemplateId.VersionNotFound */
export function requireTemplateVersion(
  template: LaunchTemplateRecord,
  version = '$Default',
): LaunchTemplateVersion {
  const { versions, defaultVersion } = template;
  const number =
    version === '$Default' ? defaultVersion : version === '$Latest' ? versions.length : Number(version);
  const found = versions.find((each) => each.versionNumber === number);
  if (found) return found;
  throw new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find launch template version ${version} of ${template.templateId}.`,
  );
}

/** What the template's version says, as RunInstances takes it. */
export function templateData(
  reference: Reference & { readonly Version?: string | undefined },
  context: MemoryContext,
): JsonObject {
  return requireTemplateVersion(requireTemplate(reference, context), reference.Version).data;
}

/** Refuses what no launch would take. @throws AwsError as RunInstances does */
export function assertLaunchable(data: JsonObject, context: MemoryContext): void {
  try {
    const example = { ImageId: 'ami-00000000000000000', ...data };
    runInstances.run({ ...example, MinCount: 1, MaxCount: 1, DryRun: true }, context);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'DryRunOperation') throw error;
  }
}

export function viewTemplate(template: LaunchTemplateRecord, context: MemoryContext): JsonObject {
  return {
    LaunchTemplateId: template.templateId,
    LaunchTemplateName: template.name,
    CreateTime: template.createTime,
    CreatedBy: `arn:aws:iam::${context.accountId}:user/local`,
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: template.versions.length,
    Tags: tagList(context.state.ec2, template.templateId),
  };
}

export function viewTemplateVersion(
  version: LaunchTemplateVersion,
  template: LaunchTemplateRecord,
  { accountId }: MemoryContext,
): JsonObject {
  return {
    LaunchTemplateId: template.templateId,
    LaunchTemplateName: template.name,
    VersionNumber: version.versionNumber,
    ...(version.description === undefined ? {} : { VersionDescription: version.description }),
    CreateTime: version.createTime,
    CreatedBy: `arn:aws:iam::${accountId}:user/local`,
    DefaultVersion: version.versionNumber === template.defaultVersion,
    LaunchTemplateData: version.data,
  };
}
