import { AwsError } from '../../../../aws-error.ts';
import { flag, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { applyFilters, filters } from '../filters.ts';
import { shortRegion } from '../regions.ts';

/**
 * Every region has the zones a to f here.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAvailabilityZones.html
 */
export const describeAvailabilityZones = ec2Operation({
  input: {
    ZoneNames: texts.optional(),
    ZoneIds: texts.optional(),
    AllAvailabilityZones: flag.optional(),
    Filters: filters.optional(),
  },
  run: ({ ZoneNames, ZoneIds, Filters }, context) => {
    const { region } = context;
    const all = [...'abcdef'].map((letter, index) => ({
      ZoneName: region + letter,
      ZoneId: `${shortRegion(region)}-az${index + 1}`,
      RegionName: region,
      GroupName: region,
      NetworkBorderGroup: region,
      ZoneType: 'availability-zone',
      State: 'available',
      OptInStatus: 'opt-in-not-required',
      Messages: [],
    }));
    const unknown = [
      ...(ZoneNames ?? []).filter((name) => !all.some((zone) => zone.ZoneName === name)),
      ...(ZoneIds ?? []).filter((id) => !all.some((zone) => zone.ZoneId === id)),
    ];
    if (unknown.length > 0) {
      throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${unknown[0]}]`);
    }
    const wanted = all.filter(
      (zone) =>
        (!ZoneNames?.length || ZoneNames.includes(zone.ZoneName)) &&
        (!ZoneIds?.length || ZoneIds.includes(zone.ZoneId)),
    );
    const found = applyFilters(
      wanted,
      {
        idOf: (zone) => zone.ZoneName,
        table: {
          'zone-name': (zone) => zone.ZoneName,
          'zone-id': (zone) => zone.ZoneId,
          'region-name': (zone) => zone.RegionName,
          'group-name': (zone) => zone.GroupName,
          'zone-type': (zone) => zone.ZoneType,
          state: (zone) => zone.State,
          'opt-in-status': (zone) => zone.OptInStatus,
        },
      },
      { filters: Filters, context },
    );
    return { AvailabilityZones: found };
  },
});
