import { ec2Operation } from '../ec2-operation.ts';
import { requireTemplate, templateReference, viewTemplate } from '../launch-templates.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplate.html */
export const deleteLaunchTemplate = ec2Operation({
  input: templateReference,
  run: (input, context) => {
    const template = requireTemplate(input, context);
    const LaunchTemplate = viewTemplate(template, context);
    context.state.ec2.launchTemplates.delete(template.templateId);
    context.state.ec2.tags.delete(template.templateId);
    return { LaunchTemplate };
  },
});
