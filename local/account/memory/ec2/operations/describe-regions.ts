import { AwsError } from '../../../../aws-error.ts';
import { flag, texts } from '../../input.ts';
import { ec2Operation } from '../ec2-operation.ts';
import { applyFilters, filters } from '../filters.ts';
import { REGIONS } from '../regions.ts';

/**
 * Those that need no opting in, or all.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html
 */
export const describeRegions = ec2Operation({
  input: { RegionNames: texts.optional(), AllRegions: flag.default(false), Filters: filters.optional() },
  run: ({ RegionNames, AllRegions, Filters }, context) => {
    const unknown = RegionNames?.find((name) => !REGIONS.has(name));
    if (unknown !== undefined) {
      throw new AwsError('InvalidParameterValue', `Invalid region provided: ${unknown}`);
    }
    const wanted = [...REGIONS].filter(([name, isOptIn]) =>
      RegionNames?.length ? RegionNames.includes(name) : AllRegions || !isOptIn,
    );
    const found = applyFilters(
      wanted.map(([name, isOptIn]) => ({
        RegionName: name,
        Endpoint: `ec2.${name}.amazonaws.com`,
        OptInStatus: isOptIn ? 'not-opted-in' : 'opt-in-not-required',
      })),
      {
        idOf: (region) => region.RegionName,
        table: {
          'region-name': (region) => region.RegionName,
          endpoint: (region) => region.Endpoint,
          'opt-in-status': (region) => region.OptInStatus,
        },
      },
      { filters: Filters, context },
    );
    return { Regions: found };
  },
});
