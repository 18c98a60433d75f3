import type { QueryDialect } from './query-request.ts';
import { type RestRouter, restRouter } from './rest-routes.ts';

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

/** A service whose operations are told apart by method, path and query, with XML bodies. */
export interface RestXmlProtocol {
  readonly kind: 'rest-xml';
  readonly namespace: string;
  /** Loads the client package that has the operations' schemas at the first request. */
  loadRouter(): Promise<RestRouter>;
}

export type WireProtocol = QueryProtocol | JsonProtocol | RestXmlProtocol;

let s3Router: Promise<RestRouter> | undefined;

function loadS3Router(): Promise<RestRouter> {
  s3Router ??= import('@aws-sdk/client-s3').then((client) => restRouter({ ...client }));
  return s3Router;
}

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
  [
    's3',
    { kind: 'rest-xml', namespace: 'http://s3.amazonaws.com/doc/2006-03-01/', loadRouter: loadS3Router },
  ],
  ['cloudtrail', { kind: 'json', version: '1.1', targetPrefix: 'CloudTrail_20131101' }],
  ['config', { kind: 'json', version: '1.1', targetPrefix: 'StarlingDoveService' }],
  ['kms', { kind: 'json', version: '1.1', targetPrefix: 'TrentService' }],
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
