import { z } from 'zod';
import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import type { MemoryOperation } from '../../operation.ts';
import { templateData, templateReference } from '../launch-templates.ts';
import { runInstances } from './run-instances.ts';

const specification = z.strictObject({ ...templateReference, Version: text.optional() });

/**
 * RunInstances with a launch template, which gives what the request itself does not say.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateSpecification.html
 */
export const runInstancesByTemplate: MemoryOperation = {
  run: ({ LaunchTemplate, ...request }, context) => {
    if (LaunchTemplate === undefined) return runInstances.run(request, context);
    const parsed = specification.safeParse(LaunchTemplate);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AwsError(
        'InvalidParameterValue',
        `Invalid value for LaunchTemplate. ${issue?.message ?? ''}`,
      );
    }
    return runInstances.run({ ...templateData(parsed.data, context), ...request }, context);
  },
};
