/** An answer, ready to be written: what every part of the endpoint returns. */
export interface EndpointResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A short answer for people. */
export function plainText(statusCode: number, text: string): EndpointResponse {
  return { statusCode, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}
