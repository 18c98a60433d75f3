/** Why there is no DynamoDB to use: one line for a person, with the remedy in it. */
export type DynamoDbErrorCode = 'DYNAMODB_MISSING' | 'DYNAMODB_UNREACHABLE' | 'DYNAMODB_FAILED';

export class DynamoDbError extends Error {
  readonly code: DynamoDbErrorCode;

  constructor(code: DynamoDbErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'DynamoDbError';
    this.code = code;
  }
}
