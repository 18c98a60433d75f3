import type { QueryDialect } from './query-request.ts';

/** A service that answers form-encoded requests with XML. */
export interface QueryProtocol {
  readonly kind: 'query';
  readonly dialect: QueryDialect;
  readonly namespace: string;
  /** Operation schemas, by `<operation>$`. Loaded at the first request: a client package can be large. */
  loadSchemas(): Promise<Readonly<Record<string, unknown>>>;
}

/** A service that speaks AWS JSON: dispatched on `x-amz-target: <targetPrefix>.<operation>`. */
export interface JsonProtocol {
  readonly kind: 'json';
  readonly version: '1.0' | '1.1';
  readonly targetPrefix: string;
}

export type WireProtocol = QueryProtocol | JsonProtocol;

/** How the in-memory account's services are spoken to, by signing name. */
export const wireProtocols: ReadonlyMap<string, WireProtocol> = new Map<string, WireProtocol>([
  [
    'ec2',
    {
      kind: 'query',
      dialect: 'ec2',
      namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
      loadSchemas: async () => ({ ...(await import('@aws-sdk/client-ec2')) }),
    },
  ],
  [
    'autoscaling',
    {
      kind: 'query',
      dialect: 'aws',
      namespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
      loadSchemas: async () => ({ ...(await import('@aws-sdk/client-auto-scaling')) }),
    },
  ],
  [
    'iam',
    {
      kind: 'query',
      dialect: 'aws',
      namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
      loadSchemas: async () => ({ ...(await import('@aws-sdk/client-iam')) }),
    },
  ],
  [
    'sts',
    {
      kind: 'query',
      dialect: 'aws',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
      loadSchemas: async () => ({ GetCallerIdentity$: GET_CALLER_IDENTITY }),
    },
  ],
  ['tagging', { kind: 'json', version: '1.1', targetPrefix: 'ResourceGroupsTaggingAPI_20170126' }],
]);

/** One operation of three strings is not worth a client package: its schema, as that would have it. */
const GET_CALLER_IDENTITY = [
  9,
  'com.amazonaws.sts',
  'GetCallerIdentity',
  0,
  'unit',
  [3, 'com.amazonaws.sts', 'GetCallerIdentityResponse', 0, ['UserId', 'Account', 'Arn'], [0, 0, 0]],
];
