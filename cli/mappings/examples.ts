import { isDeepStrictEqual } from 'node:util';
import { RemediatorError } from '../../shared/domain/errors.ts';
import { type Finding, parseArn, resourceTypeOf } from '../../shared/domain/finding.ts';
import { matchResource } from '../../shared/domain/match.ts';
import { fillTemplate } from '../../shared/domain/template.ts';
import type { Row } from './mappings-file.ts';
import type { Example } from './pack-schema.ts';
import { toTableRow } from './table-row.ts';

/** What came of an example. */
export interface ExampleResult {
  readonly passed: boolean;
  /** Runbook parameters, or the code of the error that stood in their way. */
  readonly actual: Outcome;
  readonly expected: Outcome;
}

export type Outcome =
  | { readonly parameters: Readonly<Record<string, readonly string[]>> }
  | { readonly error: string; readonly message?: string };

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';

/** Runs an example of a row (whose parameters are filled in), exactly as a finding would be. */
export function runExample(row: Row, example: Example): ExampleResult {
  const actual = outcomeOf(row, example);
  const expected = example.expect;
  const passed =
    'parameters' in expected
      ? 'parameters' in actual && isDeepStrictEqual({ ...expected.parameters }, { ...actual.parameters })
      : 'error' in actual && actual.error === expected.error;
  return { passed, actual, expected };
}

function outcomeOf(row: Row, example: Example): Outcome {
  const { automationParameters, regexPattern } = toTableRow(row);
  try {
    const match = matchResource(String(regexPattern), example.resource);
    const finding = findingOf(String(row.checkName), example);
    return { parameters: fillTemplate(String(automationParameters), finding, match) };
  } catch (error) {
    if (!(error instanceof RemediatorError)) throw error;
    return { error: error.code, message: error.message };
  }
}

function findingOf(checkName: string, { resource, detail = {}, account, region, status }: Example): Finding {
  const arn = parseArn(resource);
  return {
    source: 'example',
    checkName,
    account: account ?? (arn?.account || ACCOUNT),
    region: region ?? (arn?.region || REGION),
    resource,
    resourceType: resourceTypeOf(resource),
    status: status ?? 'Red',
    observedAt: new Date(0),
    detail,
  };
}
