/** What an SDK tells of an answer beside its members. */
export interface AnswerMetadata {
  readonly httpStatusCode?: number | undefined;
  readonly requestId?: string | undefined;
  /** How often the request was sent. */
  readonly attempts?: number | undefined;
}

const noted = new WeakMap<object, AnswerMetadata>();

/** Keeps what came with an answer, without changing the answer itself: most who ask for it want its members only. */
export function noteMetadata(answer: object, metadata: AnswerMetadata): void {
  noted.set(answer, metadata);
}

/**
 * `ResponseMetadata` as Automation's responses have it (those of boto3): runbooks, AWS's own among them, read
 * `$.ResponseMetadata.HTTPStatusCode` where an operation answers with nothing else.
 * @param newId where none came with the answer
 */
export function responseMetadata(answer: object, newId: () => string) {
  const { httpStatusCode = 200, requestId = newId(), attempts = 1 } = noted.get(answer) ?? {};
  return { RequestId: requestId, HTTPStatusCode: httpStatusCode, RetryAttempts: attempts - 1 };
}
