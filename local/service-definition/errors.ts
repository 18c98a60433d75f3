import type { ZodError } from 'zod';

/** serverless.yml asks for something that the laptop's cloud cannot do, or says something wrong. One line. */
export class ServiceDefinitionError extends Error {
  readonly code = 'SERVICE_DEFINITION_INVALID';
  /** Where, such as `functions.check-tracker.events[0].stream`. */
  readonly place: string;

  constructor(place: string, problem: string, options?: { cause: unknown }) {
    super(`${place}: ${problem}`, options);
    this.name = 'ServiceDefinitionError';
    this.place = place;
  }
}

/** All faults of one section in one line. */
export function fromZodError(place: string, error: ZodError): ServiceDefinitionError {
  const problems = error.issues.map((issue) => {
    const at = issue.path.map(String).join('.');
    const problem =
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.map((key) => `'${key}'`).join(', ')} is not supported by the laptop's cloud`
        : issue.message;
    return at === '' ? problem : `${at}: ${problem}`;
  });
  return new ServiceDefinitionError(place, problems.join('; '), { cause: error });
}
