import type { z } from 'zod';
import type { JsonObject } from '../../../service.ts';
import type { Path, Report } from '../fault.ts';
import { documentSchema, stepSchema } from '../schema.ts';
import type { WrittenStep } from '../walk-steps.ts';

/** Keys that are missing or that no Automation document has, and values of the wrong kind. */
export function checkShape(content: JsonObject, steps: readonly WrittenStep[], report: Report): void {
  reportIssues(documentSchema.safeParse(content).error, [], report);
  for (const step of steps) {
    if (step.loop !== undefined) reportIssues(stepSchema.safeParse(step.content).error, step.path, report);
  }
}

function reportIssues(error: z.ZodError | undefined, base: Path, report: Report): void {
  for (const issue of error?.issues ?? []) {
    const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        report({
          path: [...path, key],
          on: 'key',
          message: `${place(path)}: there is no property ${key}`,
          code: 'UnknownProperty',
        });
      }
    } else {
      report({ path, message: `${place(path)}: ${issue.message}`, code: 'InvalidShape' });
    }
  }
}

function place(path: Path): string {
  return path.length === 0 ? 'document' : path.join('.');
}
