import { z } from 'zod';
import { fromZodError, ServiceDefinitionError } from './errors.ts';
import { isTree, type Tree } from './tree.ts';

/** The CloudFormation part of serverless.yml: `resources`, its list merged to one. */
export interface Template {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly conditions: Tree;
  readonly parameters: Tree;
  readonly mappings: Tree;
  /** Conditions that `extensions` puts on resources which Serverless Framework makes, by logical ID. */
  readonly extensions: ReadonlyMap<string, string>;
}

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly condition: string | undefined;
  readonly properties: Tree;
}

const resourceSchema = z.looseObject({
  Type: z.string(),
  Condition: z.string().optional(),
  Properties: z.record(z.string(), z.unknown()).optional(),
});

const sections = ['Resources', 'Conditions', 'Parameters', 'Mappings', 'Outputs', 'extensions'];
/** What CloudFormation allows beside them and that changes nothing here. */
const documentation = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Rules'];

/** @param resources the resolved `resources` of serverless.yml: one template, a list of them, or nothing */
export function readTemplate(resources: unknown): Template {
  const merged: Record<string, Record<string, unknown>> = {};
  const parts = Array.isArray(resources) ? resources : [resources];
  for (const [index, part] of parts.entries()) {
    const place = Array.isArray(resources) ? `resources[${index}]` : 'resources';
    if (part === undefined || part === null) continue;
    if (!isTree(part)) throw new ServiceDefinitionError(place, 'is not a template with Resources');
    for (const [section, content] of Object.entries(part)) {
      if (documentation.includes(section)) continue;
      if (!sections.includes(section)) {
        throw new ServiceDefinitionError(place, `'${section}' is not supported by the laptop's cloud`);
      }
      mergeSection(merged, section, content, place);
    }
  }
  return {
    resources: new Map(
      Object.entries(merged.Resources ?? {}).map((entry) => [entry[0], readResource(...entry)]),
    ),
    conditions: merged.Conditions ?? {},
    parameters: merged.Parameters ?? {},
    mappings: merged.Mappings ?? {},
    extensions: new Map(
      Object.entries(merged.extensions ?? {}).map((entry) => [entry[0], readExtension(...entry)]),
    ),
  };
}

function mergeSection(
  merged: Record<string, Record<string, unknown>>,
  section: string,
  content: unknown,
  place: string,
): void {
  if (content === null || content === undefined) return;
  if (!isTree(content)) throw new ServiceDefinitionError(`${place}.${section}`, 'is not a map');
  const target = merged[section] ?? {};
  merged[section] = target;
  for (const [name, value] of Object.entries(content)) {
    if (Object.hasOwn(target, name)) {
      throw new ServiceDefinitionError(`${place}.${section}.${name}`, 'is defined twice');
    }
    target[name] = value;
  }
}

function readResource(logicalId: string, value: unknown): Resource {
  const parsed = resourceSchema.safeParse(value);
  if (!parsed.success) throw fromZodError(`resources.${logicalId}`, parsed.error);
  return {
    logicalId,
    type: parsed.data.Type,
    condition: parsed.data.Condition,
    properties: parsed.data.Properties ?? {},
  };
}

const extensionSchema = z.strictObject({ Condition: z.string() });

function readExtension(logicalId: string, value: unknown): string {
  const parsed = extensionSchema.safeParse(value);
  if (!parsed.success) throw fromZodError(`resources.extensions.${logicalId}`, parsed.error);
  return parsed.data.Condition;
}
