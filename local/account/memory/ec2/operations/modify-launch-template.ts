import { text } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import {
  requireTemplate,
  requireTemplateVersion,
  templateReference,
  viewTemplate,
} from '../launch-templates.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyLaunchTemplate.html */
export const modifyLaunchTemplate = ec2Operation({
  input: { ...templateReference, DefaultVersion: text, ClientToken: text.optional() },
  run: (input, context) => {
    const template = requireTemplate(input, context);
    template.defaultVersion = requireTemplateVersion(template, input.DefaultVersion).versionNumber;
    return { LaunchTemplate: viewTemplate(template, context) };
  },
});
