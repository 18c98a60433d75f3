/** What a person does about an error, and whether trying again can help. docs/errors.md explains each code. */
interface ErrorKind {
  readonly remedy: string;
  readonly retryable: boolean;
}

/** Every coded error of what is deployed. A test holds this table and docs/errors.md together. */
export const ERRORS = {
  CONFIG_INVALID: {
    remedy: "Set the function's environment variables as serverless.yml does, and deploy again.",
    retryable: false,
  },
  EVENT_NOT_RECOGNISED: {
    remedy: 'Compare the event with docs/sources; narrow the rule that sent it, or report its shape.',
    retryable: false,
  },
  EVENT_INCOMPLETE: {
    remedy: 'Send the event again with what it lacks; docs/sources lists what each source must carry.',
    retryable: false,
  },
  RECORD_MALFORMED: {
    remedy:
      'Mend or delete the row in the table that the message names: something other than Remediator wrote it.',
    retryable: false,
  },
  MAPPING_INVALID: {
    remedy: 'Correct the row in AutomationMappingTable and put it again; README.md shows a whole one.',
    retryable: false,
  },
  MAPPING_ATTRIBUTE_UNKNOWN: {
    remedy:
      'Remove or rename the attribute in the row: an unknown one is refused, so that a typo never means "no limit".',
    retryable: false,
  },
  MAPPING_REGEX_INVALID: {
    remedy: 'Correct regexPattern: RE2 syntax, so no look-around and no back-references.',
    retryable: false,
  },
  MAPPING_TEMPLATE_INVALID: {
    remedy:
      'Make automationParameters a JSON object of lists of strings, as start-automation-execution takes it.',
    retryable: false,
  },
  RESOURCE_NOT_MATCHED: {
    remedy: 'Change regexPattern so that it finds the ID in this resource, or mend the resource by hand.',
    retryable: false,
  },
  PLACEHOLDER_UNKNOWN: {
    remedy:
      "Use a placeholder that exists ($resourceId, $1, a named group, $resource, $account, $region, $partition, $checkName, $status, $detail['Key']); write $$ for a dollar.",
    retryable: false,
  },
  PARAMETER_EMPTY: {
    remedy: 'Map a value that this finding has: Systems Manager takes no empty parameter value.',
    retryable: false,
  },
  PARAMETER_TOO_LONG: {
    remedy:
      'Map a shorter value: Systems Manager takes 512 characters a value, 50 values a parameter, 200 parameters.',
    retryable: false,
  },
  PARAMETER_UNSAFE: {
    remedy:
      'Read the finding with care: a value from the event holds control characters or {{ }}, which no resource has.',
    retryable: false,
  },
  ROLE_FROM_EVENT: {
    remedy: "Write the role's whole ARN into the row: a role never comes from an event.",
    retryable: false,
  },
  RUNBOOK_NOT_FOUND: {
    remedy: "Correct ssmAutomationDocument, or create or share the runbook in the finding's region.",
    retryable: false,
  },
  RUNBOOK_PARAMETER_UNKNOWN: {
    remedy: 'Correct the name in automationParameters; the sentence lists what the runbook takes.',
    retryable: false,
  },
  RUNBOOK_PARAMETER_MISSING: {
    remedy: 'Add the parameter to automationParameters: the runbook demands it.',
    retryable: false,
  },
  TAGS_UNREADABLE: {
    remedy:
      "Nothing to do while it is tried again; if it lasts, look at the function's permission to read tags.",
    retryable: true,
  },
  CALENDAR_UNREADABLE: {
    remedy: 'Correct changeCalendars (names or ARNs of Change Calendars), or create or share the calendar.',
    retryable: true,
  },
  START_THROTTLED: {
    remedy: 'Nothing to do: it waits, and is started in its turn.',
    retryable: true,
  },
  SOURCE_BUSY: {
    remedy:
      'Nothing to do: it is asked again; if that fails too, its own next refresh tells whether the finding is Green.',
    retryable: true,
  },
  ROLLBACK_IMPOSSIBLE: {
    remedy: 'Undo the change by hand; to have it undone next time, give the mapping a rollbackDocument.',
    retryable: false,
  },
  RUNBOOK_REFUSED: {
    remedy:
      "Do what Systems Manager's sentence asks for (parameters, permission, role); the finding's next refresh tries again.",
    retryable: false,
  },
  LIFECYCLE_CONFLICT: {
    remedy: 'Nothing to do: the row moved on meanwhile, and the retry reads it anew.',
    retryable: true,
  },
  TRANSITION_ILLEGAL: {
    remedy: 'Report it with the log line: nothing was written, and the row is as it was.',
    retryable: false,
  },
  AWS_CALL_FAILED: {
    remedy:
      "Nothing to do while retries go on; if it lasts, look at the service, its quotas and the function's role.",
    retryable: true,
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** A coded error: what happened (message), what to do (remedy), whether a retry can help. */
export class RemediatorError extends Error {
  override readonly name = 'RemediatorError';
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = ERRORS[code].remedy;
    this.retryable = ERRORS[code].retryable;
  }
}
