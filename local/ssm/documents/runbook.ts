import type { JsonObject } from '../../service.ts';
import type { ValueType } from './value-types.ts';

/** An Automation document of schema 0.3 that has been found valid. */
export interface Runbook {
  readonly description: string | undefined;
  readonly parameters: ReadonlyMap<string, ParameterDefinition>;
  /** What `{{ variable:x }}` can name. */
  readonly variables: ReadonlyMap<string, VariableDefinition>;
  readonly steps: readonly StepDefinition[];
  /** Such as `Step.Output`. */
  readonly outputs: readonly string[];
  /** Attachments: what each is checked against, by name. */
  readonly files: ReadonlyMap<string, FileDefinition>;
}

export interface VariableDefinition {
  readonly name: string;
  readonly type: ValueType;
  /** Undefined: it holds nothing at first. */
  readonly default: unknown;
}

export interface FileDefinition {
  readonly name: string;
  /** By algorithm: `sha256`, in hexadecimal. */
  readonly checksums: ReadonlyMap<string, string>;
}

export interface ParameterDefinition {
  readonly name: string;
  /** As written: `String`, `List<AWS::EC2::Instance::Id>` … */
  readonly declaredType: string;
  readonly type: ValueType;
  readonly description: string | undefined;
  /** Undefined: the parameter is required. */
  readonly default: unknown;
  readonly allowedValues: readonly unknown[] | undefined;
  readonly allowedPattern: string | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly minChars: number | undefined;
  readonly maxChars: number | undefined;
}

/** `Abort`, `Continue` (onFailure only), or `step:` and the name of a step. */
export type OnEvent = 'Abort' | 'Continue' | `step:${string}`;

export interface StepDefinition {
  readonly name: string;
  readonly action: string;
  readonly inputs: JsonObject;
  readonly maxAttempts: number;
  /** Seconds. */
  readonly timeoutSeconds: number | undefined;
  readonly onFailure: OnEvent;
  readonly onCancel: OnEvent;
  readonly isEnd: boolean;
  /** False by default with `onFailure: Continue`, else true. */
  readonly isCritical: boolean;
  readonly nextStep: string | undefined;
  readonly outputs: readonly OutputDefinition[];
  /** Of a loop; other steps have none. */
  readonly steps: readonly StepDefinition[];
}

export interface OutputDefinition {
  readonly name: string;
  /** JSONPath into the response of the step's call. */
  readonly selector: string;
  readonly type: ValueType;
}

/** The step that `onFailure` or `onCancel` names, where it names one. */
export function stepNamedBy(event: OnEvent): string | undefined {
  return event.startsWith('step:') ? event.slice('step:'.length) : undefined;
}
