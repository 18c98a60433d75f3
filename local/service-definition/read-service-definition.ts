import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { z } from 'zod';
import { isDeployed, type ReadContext } from './deployed.ts';
import { fromZodError, ServiceDefinitionError } from './errors.ts';
import { deployedName, functionArn, functionDefaultsSchema, readFunction } from './functions.ts';
import { type IntrinsicContext, valuesOf } from './intrinsics.ts';
import { functionLogicalId } from './logical-ids.ts';
import type { Deployment, ResourceValues } from './resource-names.ts';
import type { FunctionDefinition, QueueDefinition, ServiceDefinition } from './service-definition.ts';
import { readTable } from './tables.ts';
import { type Resource, readTemplate } from './template.ts';
import { readTopic } from './topics.ts';
import { isTree, type Tree } from './tree.ts';
import { VariableResolver } from './variables.ts';
import { refuseExtensions, refuseWiring } from './wiring.ts';
import { parseYaml } from './yaml.ts';

export interface ReadOptions {
  /** Path of serverless.yml. */
  readonly file: string;
  readonly accountId: string;
  readonly region: string;
  /** As `serverless deploy --stage`; without it, the file's own. */
  readonly stage?: string;
  /** Where it was deployed under another name; without it, the file's own. */
  readonly service?: string;
  /** As `serverless deploy --param name=value`. */
  readonly params?: Readonly<Record<string, string>>;
}

const serviceSchema = z.looseObject({
  service: z.string(),
  provider: functionDefaultsSchema.extend({ name: z.literal('aws'), stage: z.string().default('dev') }),
  functions: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Reads the deployed system from serverless.yml, as the laptop's cloud is to run it.
 * What it cannot run is refused, not left out; resources other than tables, queues and topics are only
 * looked up.
 * @throws ServiceDefinitionError in one line, with the place
 */
export async function readServiceDefinition(options: ReadOptions): Promise<ServiceDefinition> {
  const directory = dirname(resolve(options.file));
  const raw = parseYaml(await readText(options.file), basename(options.file));
  const named = options.service === undefined || !isTree(raw) ? raw : { ...raw, service: options.service };
  const tree = resolveVariables(named, directory, options);
  const parsed = serviceSchema.safeParse(tree);
  if (!parsed.success) throw fromZodError(basename(options.file), parsed.error);
  const { service, provider, functions } = parsed.data;
  const names = { service, stage: provider.stage };
  const deployment: Deployment = {
    accountId: options.accountId,
    region: options.region,
    partition: 'aws',
    urlSuffix: 'amazonaws.com',
    stackName: `${service}-${provider.stage}`,
  };
  const template = readTemplate(tree.resources);
  const base: IntrinsicContext = {
    template,
    deployment,
    functions: functionValues(functions, names, deployment),
  };
  const deployed = [...template.resources.values()].filter((resource) =>
    isDeployed(resource.condition, `resources.${resource.logicalId}.Condition`, base),
  );
  for (const resource of deployed) refuseWiring(resource, base);
  refuseExtensions(template.extensions, functions);
  const context: ReadContext = {
    ...base,
    ...names,
    directory,
    tables: deployed
      .filter(({ type }) => type === 'AWS::DynamoDB::Table')
      .map((table) => readTable(table, base)),
    queues: deployed.filter(({ type }) => type === 'AWS::SQS::Queue').map((queue) => readQueue(queue, base)),
    topics: deployed.filter(({ type }) => type === 'AWS::SNS::Topic').map((topic) => readTopic(topic, base)),
  };
  return {
    ...names,
    stackName: deployment.stackName,
    accountId: options.accountId,
    region: options.region,
    directory,
    functions: readFunctions(functions, provider, context),
    tables: context.tables,
    queues: context.queues,
    topics: context.topics,
  };
}

function resolveVariables(raw: unknown, directory: string, options: ReadOptions): Tree {
  if (!isTree(raw)) throw new ServiceDefinitionError(basename(options.file), 'holds no service definition');
  // What packages and plugins are given is theirs, and may hold variables of their own.
  const { custom: _custom, plugins: _plugins, package: _package, ...relevant } = raw;
  const resolver = new VariableResolver(raw, {
    directory,
    accountId: options.accountId,
    region: options.region,
    options: { region: options.region, ...(options.stage !== undefined && { stage: options.stage }) },
    params: options.params ?? {},
  });
  const tree = resolver.resolve(relevant, '');
  return isTree(tree) ? tree : {};
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ServiceDefinitionError(file, 'cannot be read', { cause: error });
  }
}

function readFunctions(
  functions: Tree,
  defaults: z.infer<typeof functionDefaultsSchema>,
  context: ReadContext,
): FunctionDefinition[] {
  return Object.entries(functions)
    .filter(([name, value]) => {
      const condition = isTree(value) && typeof value.condition === 'string' ? value.condition : undefined;
      return isDeployed(condition, `functions.${name}.condition`, context);
    })
    .map(([name, value]) => readFunction(name, value, { defaults, context }));
}

/** Functions by the logical IDs that Serverless Framework gives them: `check-tracker` is `CheckDashtrackerLambdaFunction`. */
function functionValues(
  functions: Tree,
  names: { readonly service: string; readonly stage: string },
  deployment: Deployment,
): Map<string, ResourceValues> {
  return new Map(
    Object.entries(functions).map(([name, value]) => {
      const own = isTree(value) && typeof value.name === 'string' ? value.name : undefined;
      const ref = own ?? deployedName(name, names);
      return [functionLogicalId(name), { ref, attributes: { Arn: functionArn(ref, { deployment }) } }];
    }),
  );
}

function readQueue(resource: Resource, context: IntrinsicContext): QueueDefinition {
  const { Arn, QueueName } = valuesOf(
    resource.logicalId,
    `resources.${resource.logicalId}`,
    context,
  ).attributes;
  return { logicalId: resource.logicalId, name: QueueName ?? '', arn: Arn ?? '' };
}
