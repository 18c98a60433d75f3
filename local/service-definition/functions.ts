import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ReadContext, readQueueArn } from './deployed.ts';
import { fromZodError, ServiceDefinitionError } from './errors.ts';
import { readEvents } from './events.ts';
import { evaluate, valuesOf } from './intrinsics.ts';
import type { FunctionDefinition } from './service-definition.ts';

/** A setting that makes no difference on a laptop: packaging, logs, cost, deployment. */
const noDifference = z.unknown().optional();
const environment = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional();

/** https://www.serverless.com/framework/docs/providers/aws/guide/functions */
const functionSchema = z.strictObject({
  handler: z.string().regex(/^.+\.[\w$]+$/, "expected 'folder/module.export'"),
  name: z.string().optional(),
  runtime: z.string().optional(),
  timeout: z.coerce.number().int().min(1).max(900).default(6),
  memorySize: z.coerce.number().int().min(128).max(10240).default(1024),
  reservedConcurrency: z.coerce.number().int().min(0).optional(),
  environment,
  role: z.unknown().optional(),
  maximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  maximumEventAge: z.coerce.number().int().min(60).max(21_600).default(21_600),
  destinations: z.strictObject({ onFailure: z.unknown().optional() }).optional(),
  events: z.array(z.unknown()).default([]),
  architecture: noDifference,
  awsKmsKeyArn: noDifference,
  condition: noDifference,
  dependsOn: noDifference,
  description: noDifference,
  disableLogs: noDifference,
  ephemeralStorageSize: noDifference,
  kmsKeyArn: noDifference,
  logDataProtectionPolicy: noDifference,
  logRetentionInDays: noDifference,
  logs: noDifference,
  package: noDifference,
  provisionedConcurrency: noDifference,
  snapStart: noDifference,
  tags: noDifference,
  tracing: noDifference,
  versionFunction: noDifference,
  vpc: noDifference,
});

/** The settings of `provider` that are defaults of every function. */
export const functionDefaultsSchema = z.looseObject({
  runtime: z.string(),
  timeout: z.unknown().optional(),
  memorySize: z.unknown().optional(),
  environment: z.record(z.string(), z.unknown()).optional(),
  layers: z.undefined({ error: "layers are not supported by the laptop's cloud" }).optional(),
  iam: z.looseObject({ role: z.unknown().optional() }).optional(),
});
export type FunctionDefaults = z.infer<typeof functionDefaultsSchema>;

/**
 * @param value the function's resolved definition
 * @throws ServiceDefinitionError for a setting that the laptop's cloud does not have
 */
export function readFunction(
  name: string,
  value: unknown,
  options: { readonly defaults: FunctionDefaults; readonly context: ReadContext },
): FunctionDefinition {
  const { defaults, context } = options;
  const place = `functions.${name}`;
  const parsed = functionSchema.safeParse(withDefaults(evaluate(value, place, context), place, options));
  if (!parsed.success) throw fromZodError(place, parsed.error);
  const fn = parsed.data;
  const runtime = fn.runtime ?? defaults.runtime;
  if (!runtime.startsWith('nodejs')) {
    throw new ServiceDefinitionError(`${place}.runtime`, `the laptop's cloud runs nodejs, not '${runtime}'`);
  }
  const functionName = fn.name ?? deployedName(name, context);
  return {
    name,
    functionName,
    functionArn: functionArn(functionName, context),
    handler: fn.handler,
    ...readHandler(fn.handler, place, context.directory),
    timeoutSeconds: fn.timeout,
    memorySizeMb: fn.memorySize,
    reservedConcurrency: fn.reservedConcurrency,
    environment: Object.fromEntries(
      Object.entries(fn.environment ?? {}).map(([key, item]) => [key, String(item)]),
    ),
    roleArn: readRole(fn.role ?? defaults.iam?.role, `${place}.role`, context),
    asyncConfig: {
      maximumRetryAttempts: fn.maximumRetryAttempts,
      maximumEventAgeSeconds: fn.maximumEventAge,
      onFailureQueueArn: readQueueArn(fn.destinations?.onFailure, `${place}.destinations.onFailure`, context),
    },
    ...readEvents(fn.events, { place: `${place}.events`, name, functionName, context }),
  };
}

/** The name that a function is deployed under where it has none of its own. */
export const deployedName = (name: string, context: Pick<ReadContext, 'service' | 'stage'>): string =>
  `${context.service}-${context.stage}-${name}`;

export const functionArn = (functionName: string, { deployment }: Pick<ReadContext, 'deployment'>): string =>
  `arn:${deployment.partition}:lambda:${deployment.region}:${deployment.accountId}:function:${functionName}`;

function withDefaults(
  fn: unknown,
  place: string,
  { defaults, context }: { readonly defaults: FunctionDefaults; readonly context: ReadContext },
): unknown {
  if (typeof fn !== 'object' || fn === null)
    throw new ServiceDefinitionError(place, 'is not a function definition');
  const shared = evaluate(defaults.environment ?? {}, 'provider.environment', context);
  const own = 'environment' in fn && typeof fn.environment === 'object' ? fn.environment : {};
  return {
    ...(defaults.timeout !== undefined && { timeout: defaults.timeout }),
    ...(defaults.memorySize !== undefined && { memorySize: defaults.memorySize }),
    ...fn,
    environment: { ...(typeof shared === 'object' ? shared : {}), ...own },
  };
}

const extensions = ['.ts', '.mts', '.mjs', '.js', '.cjs', '.cts'];

function readHandler(
  handler: string,
  place: string,
  directory: string,
): { file: string; exportName: string } {
  const dot = handler.lastIndexOf('.');
  const module = handler.slice(0, dot);
  const file = extensions.map((extension) => join(directory, `${module}${extension}`)).find(existsSync);
  if (file === undefined) {
    throw new ServiceDefinitionError(
      `${place}.handler`,
      `there is no module '${module}.ts' for '${handler}'`,
    );
  }
  return { file, exportName: handler.slice(dot + 1) };
}

/** A role is an ARN, or the logical ID of one of the service's own; without one, Serverless Framework makes one. */
function readRole(role: unknown, place: string, context: ReadContext): string {
  const { deployment, service, stage } = context;
  const value = evaluate(role, place, context);
  if (value === undefined) {
    return `arn:${deployment.partition}:iam::${deployment.accountId}:role/${service}-${stage}-${deployment.region}-lambdaRole`;
  }
  if (typeof value !== 'string') {
    throw new ServiceDefinitionError(place, 'expected the ARN or the logical ID of a role');
  }
  if (value.startsWith('arn:')) return value;
  const arn = valuesOf(value, place, context).attributes.Arn;
  if (context.template.resources.get(value)?.type !== 'AWS::IAM::Role' || arn === undefined) {
    throw new ServiceDefinitionError(place, `'${value}' is not a role`);
  }
  return arn;
}
