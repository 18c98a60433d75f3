import { RemediatorError } from '../../shared/domain/errors.ts';
import type { Mapping } from '../../shared/domain/mapping.ts';
import { parseTemplate, ROLE_PARAMETER } from '../../shared/domain/template.ts';

/** A role that a mapping gives a runbook. */
export interface RoleUse {
  readonly checkName: string;
  readonly arn: string;
}

/** The roles of some mappings, as they are written there: none comes from an event. */
export function roleUsesOf(mappings: readonly Mapping[]): readonly RoleUse[] {
  return mappings.flatMap(({ checkName, automationParameters, rollbackParameters }) =>
    [automationParameters, rollbackParameters ?? '{}'].flatMap((template) =>
      rolesIn(template).map((arn) => ({ checkName, arn })),
    ),
  );
}

/** A template that cannot be read is told of by the check of documents. */
function rolesIn(template: string): readonly string[] {
  try {
    return parseTemplate(template).flatMap(([name, values]) => (ROLE_PARAMETER.test(name) ? values : []));
  } catch (error) {
    if (error instanceof RemediatorError) return [];
    throw error;
  }
}
