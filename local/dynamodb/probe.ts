import { DynamoDbError } from './errors.ts';

/**
 * Asks an endpoint for its tables, to learn that it is there and speaks DynamoDB: an answer that refuses us will do.
 * @throws DynamoDbError DYNAMODB_UNREACHABLE
 */
export async function probeDynamoDb(url: string, timeoutMs = 5000): Promise<void> {
  const remedy =
    "start DynamoDB there (DynamoDB Local, or 'npx dynoxide'), or give its address with --dynamodb URL";
  let body: unknown;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'DynamoDB_20120810.ListTables',
        'content-type': 'application/x-amz-json-1.0',
        // DynamoDB Local tells callers apart by this header, and refuses a request without it.
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
      },
      body: '{}',
      signal: AbortSignal.timeout(timeoutMs),
    });
    body = await response.json();
  } catch (error) {
    throw new DynamoDbError('DYNAMODB_UNREACHABLE', `No DynamoDB answers at ${url}: ${remedy}.`, {
      cause: error,
    });
  }
  const speaksDynamoDb =
    typeof body === 'object' && body !== null && ('TableNames' in body || '__type' in body);
  if (!speaksDynamoDb) {
    throw new DynamoDbError('DYNAMODB_UNREACHABLE', `What answers at ${url} is not DynamoDB: ${remedy}.`);
  }
}
