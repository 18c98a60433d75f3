import { text } from '../../input.ts';
import { wholeSeconds } from '../../times.ts';
import { once } from '../answers.ts';
import { ec2Operation } from '../ec2-operation.ts';
import {
  assertLaunchable,
  launchTemplateData,
  requireTemplate,
  requireTemplateVersion,
  templateReference,
  viewTemplateVersion,
} from '../launch-templates.ts';
import type { LaunchTemplateVersion } from '../storage-state.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplateVersion.html */
export const createLaunchTemplateVersion = ec2Operation({
  input: {
    ...templateReference,
    LaunchTemplateData: launchTemplateData,
    SourceVersion: text.optional(),
    VersionDescription: text.optional(),
    ClientToken: text.optional(),
  },
  run: (input, context) =>
    once(
      { operation: 'CreateLaunchTemplateVersion', token: input.ClientToken, request: input },
      context,
      () => {
        const template = requireTemplate(input, context);
        const source =
          input.SourceVersion === undefined ? {} : requireTemplateVersion(template, input.SourceVersion).data;
        const data = { ...source, ...input.LaunchTemplateData };
        assertLaunchable(data, context);
        const version: LaunchTemplateVersion = {
          versionNumber: template.versions.length + 1,
          description: input.VersionDescription,
          createTime: wholeSeconds(context.clock.now()),
          data,
        };
        template.versions.push(version);
        return { LaunchTemplateVersion: viewTemplateVersion(version, template, context) };
      },
    ),
});
