import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import { invalidContent } from './parse-content.ts';
import { patternFault } from './pattern.ts';
import type { ParameterDefinition, Runbook } from './runbook.ts';
import { type DocumentContent, documentSchema, type ParameterContent } from './schema.ts';
import { toSteps } from './to-steps.ts';
import { isOfType, VALUE_TYPES, valueTypeOf } from './value-types.ts';

/** Collects what is wrong with a document, so that its author sees everything at once. */
export type Faults = string[];

/**
 * Checks a document and gives it the shape that the engine runs.
 * @throws AwsError InvalidDocumentSchemaVersion; InvalidDocumentContent, with every fault found
 */
export function toRunbook(content: JsonObject): Runbook {
  if (content.schemaVersion !== '0.3') {
    throw new AwsError(
      'InvalidDocumentSchemaVersion',
      `The document schema version ${String(content.schemaVersion)} is not supported. Automation runbooks have schemaVersion '0.3' (a string).`,
    );
  }
  const parsed = documentSchema.safeParse(content);
  if (!parsed.success) {
    throw invalidContent(
      parsed.error.issues
        .map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`)
        .join('; '),
    );
  }
  const faults: Faults = [];
  const runbook = build(parsed.data, faults);
  if (faults.length > 0) throw invalidContent(faults.join('; '));
  return runbook;
}

function build(content: DocumentContent, faults: Faults): Runbook {
  return {
    description: content.description,
    parameters: new Map(
      Object.entries(content.parameters ?? {}).map(([name, parameter]) => [
        name,
        toParameter(name, parameter, faults),
      ]),
    ),
    variables: new Map(
      Object.entries(content.variables ?? {}).map(([name, variable]) => [name, variable.default]),
    ),
    steps: toSteps(content.mainSteps, faults),
    outputs: content.outputs ?? [],
  };
}

function toParameter(name: string, content: ParameterContent, faults: Faults): ParameterDefinition {
  const type = valueTypeOf(content.type);
  if (type === undefined) {
    faults.push(
      `parameters.${name}: there is no type ${content.type}. Types: ${VALUE_TYPES.join(', ')}, AWS::… and List<AWS::…>`,
    );
  } else if (content.default !== undefined && !isTokenOrOfType(content.default, type)) {
    faults.push(`parameters.${name}: its default is not of type ${content.type}`);
  }
  const fault = patternFault(content.allowedPattern);
  if (fault !== undefined) faults.push(`parameters.${name}: ${fault}`);
  return {
    name,
    declaredType: content.type,
    type: type ?? 'String',
    description: content.description,
    default: content.default,
    allowedValues: content.allowedValues,
    allowedPattern: content.allowedPattern,
    minItems: content.minItems,
    maxItems: content.maxItems,
    minChars: content.minChars,
    maxChars: content.maxChars,
  };
}

/** A default may come from Parameter Store, whatever the type. */
function isTokenOrOfType(value: unknown, type: ParameterDefinition['type']): boolean {
  return (typeof value === 'string' && /\{\{\s*ssm:/.test(value)) || isOfType(value, type);
}
