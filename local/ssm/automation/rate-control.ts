/** Which resources one start fans out to. https://docs.aws.amazon.com/systems-manager/latest/userguide/running-automations-map-targets.html */
export interface Target {
  /** `ParameterValues`, or `tag:` and the key of a tag. */
  readonly key: string;
  readonly values: readonly string[];
}

/** Parameters of one child, by name. */
export type TargetMap = Readonly<Record<string, readonly string[]>>;

export interface RateControl {
  readonly targets: readonly Target[];
  readonly targetMaps: readonly TargetMap[];
  /** The parameter that takes a target's value. */
  readonly parameterName: string | undefined;
  /** A number, or a percentage of the targets. */
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  /** Such as `/AWS::EC2::Instance`: what tags are looked for on. */
  readonly targetType: string | undefined;
  /** The values of the targets, once they are known. */
  readonly resolved: string[];
}

/** The part of a target that one child execution runs for. */
export interface TargetRun {
  readonly value: string;
  readonly parameterName: string | undefined;
}

/** What a number or percentage of the API means for so many targets; percentages are rounded down. */
export function portionOf(text: string, total: number): number {
  return text.endsWith('%') ? Math.floor((total * Number(text.slice(0, -1))) / 100) : Number(text);
}
