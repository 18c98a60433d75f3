import { ServiceDefinitionError } from './errors.ts';
import { evaluate, type IntrinsicContext } from './intrinsics.ts';
import { snsLogicalIds } from './logical-ids.ts';
import type { Resource } from './template.ts';
import { isTree, type Tree } from './tree.ts';

const wiring = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
];

/**
 * Resources that call functions past `functions` would be missed without a word.
 * @throws ServiceDefinitionError
 */
export function refuseWiring(resource: Resource, context: IntrinsicContext): void {
  const { type, properties } = resource;
  const place = `resources.${resource.logicalId}`;
  if (wiring.includes(type)) {
    throw new ServiceDefinitionError(place, `${type} is not supported by the laptop's cloud`);
  }
  if (type === 'AWS::Events::Rule') {
    const targets = evaluate(properties.Targets ?? [], `${place}.Targets`, context);
    const arns = trees(targets).map((target) => String(target.Arn));
    if (arns.some((arn) => arn.split(':')[2] === 'lambda')) {
      throw new ServiceDefinitionError(place, 'a rule that calls a function belongs under its `events`');
    }
  }
  const subscriptions =
    type === 'AWS::SNS::Subscription'
      ? [properties]
      : type === 'AWS::SNS::Topic'
        ? trees(properties.Subscription)
        : [];
  if (subscriptions.some(({ Protocol }) => Protocol === 'lambda')) {
    throw new ServiceDefinitionError(
      place,
      'a subscription that calls a function belongs under its `events`',
    );
  }
}

/**
 * `resources.extensions` changes what Serverless Framework makes. Here it can put a condition on what an `sns` event
 * comes to, and nothing else.
 * @param functions `functions` of serverless.yml
 * @throws ServiceDefinitionError
 */
export function refuseExtensions(extensions: ReadonlyMap<string, string>, functions: Tree): void {
  const known = new Set(Object.entries(functions).flatMap(([name, fn]) => madeBySns(name, fn)));
  for (const logicalId of extensions.keys()) {
    if (known.has(logicalId)) continue;
    throw new ServiceDefinitionError(
      `resources.extensions.${logicalId}`,
      "only what an `sns` event comes to can be extended in the laptop's cloud",
    );
  }
}

function madeBySns(name: string, fn: unknown): string[] {
  return trees(isTree(fn) ? fn.events : []).flatMap(({ sns }) => {
    const topic = isTree(sns) ? (sns.topicName ?? sns.arn) : sns;
    if (typeof topic !== 'string') return [];
    return Object.values(snsLogicalIds(name, topic.split(':').at(-1) ?? ''));
  });
}

const trees = (value: unknown): Tree[] => (Array.isArray(value) ? value.filter(isTree) : []);
