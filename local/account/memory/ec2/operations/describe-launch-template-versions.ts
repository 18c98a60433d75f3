import { texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import {
  requireTemplate,
  requireTemplateVersion,
  templateReference,
  viewTemplateVersion,
} from '../launch-templates.ts';

/**
 * Of one template, the newest version first.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html
 */
export const describeLaunchTemplateVersions = ec2Operation({
  input: { ...templateReference, Versions: texts.default([]) },
  run: ({ Versions, ...reference }, context) => {
    const template = requireTemplate(reference, context);
    const versions =
      Versions.length > 0
        ? Versions.map((version) => requireTemplateVersion(template, version))
        : template.versions.toReversed();
    return {
      LaunchTemplateVersions: versions.map((version) => viewTemplateVersion(version, template, context)),
    };
  },
});
