import { z } from 'zod';
import { fromZodError } from './errors.ts';
import { evaluate, type IntrinsicContext, valuesOf } from './intrinsics.ts';
import type { TableDefinition } from './service-definition.ts';
import type { Resource } from './template.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
  NonKeyAttributes: z.array(z.string()).optional(),
});
const throughput = z.strictObject({
  ReadCapacityUnits: z.coerce.number(),
  WriteCapacityUnits: z.coerce.number(),
});
const index = z.strictObject({ IndexName: z.string(), KeySchema: keySchema, Projection: projection });
/** A property that makes no difference on a laptop: backups, encryption, protection, cost. */
const noDifference = z.unknown().optional();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

const globalIndex = index
  .extend({
    ProvisionedThroughput: throughput.optional(),
    OnDemandThroughput: noDifference,
    WarmThroughput: noDifference,
    ContributorInsightsSpecification: noDifference,
  })
  .transform(({ OnDemandThroughput, WarmThroughput, ContributorInsightsSpecification, ...rest }) => rest);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
const tableSchema = z.strictObject({
  TableName: noDifference,
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  BillingMode: z.enum(['PAY_PER_REQUEST', 'PROVISIONED']).default('PROVISIONED'),
  ProvisionedThroughput: throughput.optional(),
  GlobalSecondaryIndexes: z.array(globalIndex).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .strictObject({
      StreamViewType: z.enum(['NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES', 'KEYS_ONLY']),
      ResourcePolicy: noDifference,
    })
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: flag }).optional(),
  PointInTimeRecoverySpecification: z.looseObject({ PointInTimeRecoveryEnabled: flag }).optional(),
  SSESpecification: noDifference,
  DeletionProtectionEnabled: flag.default(false),
  ContributorInsightsSpecification: noDifference,
  OnDemandThroughput: noDifference,
  WarmThroughput: noDifference,
  ResourcePolicy: noDifference,
  TableClass: noDifference,
  Tags: noDifference,
});

/** @throws ServiceDefinitionError for a property that CreateTable and UpdateTimeToLive cannot express */
export function readTable(resource: Resource, context: IntrinsicContext): TableDefinition {
  const place = `resources.${resource.logicalId}`;
  const parsed = tableSchema.safeParse(evaluate(resource.properties, place, context));
  if (!parsed.success) throw fromZodError(place, parsed.error);
  const table = parsed.data;
  const name = valuesOf(resource.logicalId, place, context).ref;
  const ttl = table.TimeToLiveSpecification;
  return {
    logicalId: resource.logicalId,
    name,
    create: {
      TableName: name,
      AttributeDefinitions: table.AttributeDefinitions,
      KeySchema: table.KeySchema,
      BillingMode: table.BillingMode,
      ...(table.ProvisionedThroughput && { ProvisionedThroughput: table.ProvisionedThroughput }),
      ...(table.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
      ...(table.LocalSecondaryIndexes && { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
      ...(table.StreamSpecification && {
        StreamSpecification: {
          StreamEnabled: true,
          StreamViewType: table.StreamSpecification.StreamViewType,
        },
      }),
    },
    timeToLiveAttribute: ttl?.Enabled === true ? ttl.AttributeName : undefined,
    pointInTimeRecovery: table.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    deletionProtection: table.DeletionProtectionEnabled,
  };
}
