import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as AWS's JSON protocols send it. */
export interface AwsRequest {
  /** What follows the dot in `x-amz-target`, such as `StartAutomationExecution`. */
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer other than success. */
export class AwsFault {
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    { status = 400, ...members }: { status?: number; [member: string]: unknown } = {},
  ) {
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

export type Answer = (request: AwsRequest) => Readonly<Record<string, unknown>> | AwsFault;

/** A server that speaks AWS JSON, writes down what it is asked, and answers as it is told. */
export interface FakeAws extends AsyncDisposable {
  readonly url: string;
  readonly requests: AwsRequest[];
  answer: Answer;
}

export async function startFakeAws(answer: Answer = () => ({})): Promise<FakeAws> {
  const requests: AwsRequest[] = [];
  const server = createServer((request, response) => {
    read(request).then(
      (received) => {
        requests.push(received);
        write(response, aws.answer(received));
      },
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const aws: FakeAws = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return aws;
}

async function read(request: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  return { operation, body: JSON.parse(Buffer.concat(chunks).toString() || '{}') };
}

function write(response: ServerResponse, answer: ReturnType<Answer>): void {
  const isFault = answer instanceof AwsFault;
  const body = isFault
    ? { __type: answer.code, message: `${answer.code} of the test`, ...answer.members }
    : answer;
  response.writeHead(isFault ? answer.status : 200, {
    'content-type': 'application/x-amz-json-1.1',
    ...(isFault ? { 'x-amzn-errortype': answer.code } : {}),
  });
  response.end(JSON.stringify(body));
}
