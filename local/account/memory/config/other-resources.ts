import { viewGroup } from '../autoscaling/groups.ts';
import { trailArn } from '../cloudtrail/trail-operation.ts';
import { describeTrail } from '../cloudtrail/trail-view.ts';
import { viewKey } from '../kms/key-view.ts';
import { keyArn, liveKeys } from '../kms/keys.ts';
import { bucketArn } from '../s3/buckets.ts';
import type { ResourceFinder } from './recorded.ts';

/** Buckets and trails by name, keys by ID, Auto Scaling groups by ARN. */
export const otherResources = {
  'AWS::S3::Bucket': (name, { state, accountId }) => {
    const bucket = state.s3.buckets.get(name);
    return (
      bucket && {
        arn: bucketArn(name),
        name,
        region: bucket.region,
        zone: 'Regional',
        createdAt: bucket.creationDate,
        configuration: { Name: name, Owner: { Id: accountId }, CreationDate: bucket.creationDate },
      }
    );
  },
  'AWS::CloudTrail::Trail': (name, { state, accountId }) => {
    const trail = [...state.cloudtrail.trails.values()].find((each) => each.name === name);
    return (
      trail && {
        arn: trailArn(trail, accountId),
        name,
        region: trail.region,
        configuration: describeTrail(trail, accountId),
      }
    );
  },
  'AWS::KMS::Key': (id, context) => {
    const key = liveKeys(context).find(({ keyId }) => keyId === id);
    return (
      key && {
        arn: keyArn(key, context.accountId),
        name: id,
        region: key.region,
        createdAt: key.creationDate,
        configuration: viewKey(key, context.accountId),
      }
    );
  },
  'AWS::AutoScaling::AutoScalingGroup': (arn, context) => {
    const group = [...context.state.autoscaling.groups.values()].find((each) => each.arn === arn);
    return (
      group && {
        arn,
        name: group.name,
        region: arn.split(':')[3] ?? context.region,
        zone: 'Multiple Availability Zones',
        createdAt: group.createdTime,
        configuration: viewGroup(group, context),
      }
    );
  },
} as const satisfies Readonly<Record<string, ResourceFinder>>;
