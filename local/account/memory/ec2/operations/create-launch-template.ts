import { AwsError } from '../../../../aws-error.ts';
import { text } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { once } from '../answers.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { assertLaunchable, launchTemplateData, templateName, viewTemplate } from '../launch-templates.ts';
import { LAUNCH_TEMPLATE, newId } from '../resource-ids.ts';
import type { LaunchTemplateRecord } from '../storage-state.ts';
import { putTags, specifiedTags, tagSpecifications } from '../tags.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
export const createLaunchTemplate = ec2Operation({
  input: {
    LaunchTemplateName: templateName,
    LaunchTemplateData: launchTemplateData,
    VersionDescription: text.optional(),
    ClientToken: text.optional(),
    TagSpecifications: tagSpecifications.optional(),
  },
  run: (input, context) =>
    once({ operation: 'CreateLaunchTemplate', token: input.ClientToken, request: input }, context, () => {
      const { ec2 } = context.state;
      const name = input.LaunchTemplateName;
      if ([...ec2.launchTemplates.values()].some((each) => each.name === name)) {
        throw new AwsError(
          'InvalidLaunchTemplateName.AlreadyExistsException',
          'Launch template name already in use.',
        );
      }
      const tags = specifiedTags(input.TagSpecifications, LAUNCH_TEMPLATE.resourceType);
      assertLaunchable(input.LaunchTemplateData, context);
      const createTime = wholeSeconds(context.clock.now());
      const { VersionDescription: description, LaunchTemplateData: data } = input;
      const template: LaunchTemplateRecord = {
        templateId: newId(LAUNCH_TEMPLATE, context),
        name,
        createTime,
        region: context.region,
        versions: [{ versionNumber: 1, description, createTime, data }],
        defaultVersion: 1,
      };
      ec2.launchTemplates.set(template.templateId, template);
      putTags(ec2, template.templateId, tags);
      return { LaunchTemplate: viewTemplate(template, context) };
    }),
});
