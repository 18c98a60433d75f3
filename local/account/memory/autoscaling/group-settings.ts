import { z } from 'zod';
import { AwsError } from '../../../aws-error.ts';
import { requireTemplate, requireTemplateVersion } from '../ec2/launch-templates.ts';
import { flag, integer, text, texts } from '../input.ts';
import type { MemoryContext } from '../operation.ts';
import { requireLaunchConfiguration } from './launch.ts';
import type { LaunchSource } from './state.ts';

const launchTemplate = z.strictObject({
  LaunchTemplateId: text.optional(),
  LaunchTemplateName: text.optional(),
  Version: text.default('$Default'),
});

/** What both creating and updating a group can say. */
export const groupSettings = {
  LaunchConfigurationName: text.optional(),
  LaunchTemplate: launchTemplate.optional(),
  DesiredCapacity: integer.optional(),
  DefaultCooldown: integer.optional(),
  AvailabilityZones: texts.optional(),
  VPCZoneIdentifier: text.optional(),
  HealthCheckType: text.optional(),
  HealthCheckGracePeriod: integer.optional(),
  TerminationPolicies: texts.optional(),
  NewInstancesProtectedFromScaleIn: flag.optional(),
  CapacityRebalance: flag.optional(),
  MaxInstanceLifetime: integer.optional(),
};

interface SourceRequest {
  readonly LaunchConfigurationName?: string | undefined;
  readonly LaunchTemplate?: z.output<typeof launchTemplate> | undefined;
}

/** Where the instances are to come from; undefined where nothing is said. @throws AwsError ValidationError */
export function launchSource(request: SourceRequest, context: MemoryContext): LaunchSource | undefined {
  const { LaunchConfigurationName: name, LaunchTemplate: wanted } = request;
  if (name !== undefined && wanted) {
    throw new AwsError(
      'ValidationError',
      'Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.',
    );
  }
  if (name !== undefined) {
    return { kind: 'configuration', name: requireLaunchConfiguration(name, context).name };
  }
  if (wanted === undefined) return undefined;
  try {
    const template = requireTemplate(wanted, context);
    requireTemplateVersion(template, wanted.Version);
    return { kind: 'template', id: template.templateId, name: template.name, version: wanted.Version };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError('ValidationError', `You must use a valid fully-formed launch template. ${reason}`, {
      cause,
    });
  }
}
