import * as z from 'zod/mini';
import { optionalText } from './envelope.ts';

/** What a finding is about, as it says it. */
export interface Target {
  /** An ARN or an ID; undefined: it names no resource. */
  readonly id: string | undefined;
  readonly type: string | undefined;
  /** What templates are likely to want of it. */
  readonly wanted: Readonly<Record<string, unknown>>;
}

/** A part of another shape than is known names nothing, and loses neither the finding nor the other parts. */
const part = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.catch(z.optional(z.looseObject(shape)), undefined);
const parts = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.catch(z.optional(z.array(z.looseObject(shape))), undefined);

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Resource.html */
const resourceSchema = z.lazy(() =>
  z.catch(
    z.looseObject({
      resourceType: z.catch(optionalText, undefined),
      instanceDetails: part({ instanceId: optionalText }),
      accessKeyDetails: part({ accessKeyId: optionalText, userName: optionalText }),
      s3BucketDetails: parts({ arn: optionalText, name: optionalText }),
      eksClusterDetails: part({ arn: optionalText, name: optionalText }),
      ecsClusterDetails: part({ arn: optionalText, name: optionalText }),
      lambdaDetails: part({ functionArn: optionalText, functionName: optionalText }),
      rdsDbInstanceDetails: part({ dbInstanceArn: optionalText, dbInstanceIdentifier: optionalText }),
      rdsLimitlessDbDetails: part({ dbShardGroupArn: optionalText }),
      ebsVolumeDetails: part({ scannedVolumeDetails: parts({ volumeArn: optionalText }) }),
    }),
    {},
  ),
);

type Resource = z.infer<typeof resourceSchema>;

/**
 * What a finding is about, the most telling first: an instance, buckets, a function, a database, a cluster, volumes; a key
 * is known by its ID alone.
 * @returns one at least
 */
export function resourcesIn(said: unknown): readonly Target[] {
  const resource = resourceSchema.parse(said);
  const { resourceType, instanceDetails, accessKeyDetails } = resource;
  const wanted = {
    resourceType: resourceType ?? undefined,
    instanceId: instanceDetails?.instanceId,
    accessKeyId: accessKeyDetails?.accessKeyId,
    userName: accessKeyDetails?.userName,
  };
  const named = new Map(
    namedIn(resource).flatMap(({ id, type }) => (id?.trim() ? [[id.trim(), type] as const] : [])),
  );
  if (named.size === 0) return [{ id: undefined, type: undefined, wanted }];
  return [...named].map(([id, type]) => ({ id, type: type ?? resourceType ?? undefined, wanted }));
}

interface Named {
  readonly id: string | null | undefined;
  readonly type?: string;
}

function namedIn(resource: Resource): readonly Named[] {
  const { instanceDetails, s3BucketDetails, ebsVolumeDetails, accessKeyDetails } = resource;
  if (instanceDetails?.instanceId) return [{ id: instanceDetails.instanceId, type: 'AWS::EC2::Instance' }];
  const buckets = (s3BucketDetails ?? []).map(({ arn, name }) => ({
    id: arn || name,
    type: 'AWS::S3::Bucket',
  }));
  if (buckets.some(({ id }) => id)) return buckets;
  const single = singleIn(resource);
  if (single?.id) return [single];
  const volumes = (ebsVolumeDetails?.scannedVolumeDetails ?? []).map(({ volumeArn }) => ({ id: volumeArn }));
  return volumes.some(({ id }) => id) ? volumes : [{ id: accessKeyDetails?.accessKeyId }];
}

function singleIn(resource: Resource): Named | undefined {
  const { lambdaDetails, rdsDbInstanceDetails, rdsLimitlessDbDetails } = resource;
  const { eksClusterDetails, ecsClusterDetails } = resource;
  const found: readonly Named[] = [
    { id: lambdaDetails?.functionArn },
    { id: lambdaDetails?.functionName, type: 'AWS::Lambda::Function' },
    { id: rdsDbInstanceDetails?.dbInstanceArn },
    { id: rdsDbInstanceDetails?.dbInstanceIdentifier },
    { id: rdsLimitlessDbDetails?.dbShardGroupArn },
    // A container's cluster is named beside it, and an ECS task's has no EKS.
    { id: eksClusterDetails?.arn },
    { id: eksClusterDetails?.name, type: 'AWS::EKS::Cluster' },
    { id: ecsClusterDetails?.arn },
    { id: ecsClusterDetails?.name, type: 'AWS::ECS::Cluster' },
  ];
  return found.find(({ id }) => id?.trim());
}
