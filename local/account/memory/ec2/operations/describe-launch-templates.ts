import { texts } from '../../input.ts';
import { describeInput, describeResources, idList } from '../describe.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { requireTemplate, viewTemplate } from '../launch-templates.ts';
import { LAUNCH_TEMPLATE } from '../resource-ids.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplates.html */
export const describeLaunchTemplates = ec2Operation({
  input: { LaunchTemplateIds: idList, LaunchTemplateNames: texts.default([]), ...describeInput },
  run: ({ LaunchTemplateIds, LaunchTemplateNames, ...input }, context) => {
    for (const name of LaunchTemplateNames) requireTemplate({ LaunchTemplateName: name }, context);
    const { items, next } = describeResources(
      {
        kind: LAUNCH_TEMPLATE,
        all: () =>
          [...context.state.ec2.launchTemplates.values()].filter(
            ({ name }) => LaunchTemplateNames.length === 0 || LaunchTemplateNames.includes(name),
          ),
        idOf: (template) => template.templateId,
        table: {
          'launch-template-name': (template) => template.name,
          'create-time': (template) => template.createTime.toISOString(),
        },
      },
      { ...input, ids: LaunchTemplateIds },
      context,
    );
    return { LaunchTemplates: items.map((template) => viewTemplate(template, context)), ...next };
  },
});
