import type { NewEvent } from '../../events/event.ts';
import type { OpsItem } from './ops-item.ts';

/** The event that OpsCenter sends when an OpsItem is made or changed. https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
export function opsItemEvent(detailType: 'OpsItem Create' | 'OpsItem Update', item: OpsItem): NewEvent {
  const [, , , region = '', account = ''] = item.OpsItemArn.split(':');
  const modified = {
    'modified-by': item.LastModifiedBy,
    'modified-time': item.LastModifiedTime.toISOString(),
  };
  return {
    'detail-type': detailType,
    source: 'aws.ssm',
    account,
    region,
    resources: [item.OpsItemArn],
    detail: {
      'created-by': item.CreatedBy,
      'created-time': item.CreatedTime.toISOString(),
      ...(detailType === 'OpsItem Update' ? modified : {}),
      source: item.Source,
      status: item.Status,
      'ops-item-id': item.OpsItemId,
      title: item.Title,
      'ops-item-type': item.OpsItemType,
      description: item.Description,
    },
  };
}
