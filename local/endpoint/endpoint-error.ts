/** Why the endpoint could not start: `message` is one line that says what to do. */
export class EndpointError extends Error {
  readonly code: 'PORT_TAKEN' | 'PORT_DENIED';

  constructor(code: EndpointError['code'], message: string, options: { cause: unknown }) {
    super(message, options);
    this.name = 'EndpointError';
    this.code = code;
  }
}
