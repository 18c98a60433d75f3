import { AwsError } from '../aws-error.ts';
import type { RestJsonService, RestRequest } from '../service.ts';
import type { FunctionDefinition } from '../service-definition/service-definition.ts';
import { errorAnswer, notFound } from './answers.ts';
import type { LambdaDeps, LambdaOperation } from './lambda-operation.ts';
import { getFunction, getFunctionConfiguration, listFunctions } from './operations/get-function.ts';
import { getFunctionConcurrency, getFunctionEventInvokeConfig } from './operations/get-function-settings.ts';
import { invoke } from './operations/invoke.ts';
import { listEventSourceMappings } from './operations/list-event-source-mappings.ts';

interface Route {
  readonly method: 'GET' | 'POST';
  /** Its first group, or the query's `FunctionName`, names the function. */
  readonly path: RegExp;
  readonly run: LambdaOperation;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, run: invoke },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)$/, run: getFunction },
  { method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, run: getFunctionConfiguration },
  { method: 'GET', path: /^\/2019-09-30\/functions\/([^/]+)\/concurrency$/, run: getFunctionConcurrency },
  {
    method: 'GET',
    path: /^\/2019-09-25\/functions\/([^/]+)\/event-invoke-config$/,
    run: getFunctionEventInvokeConfig,
  },
  { method: 'GET', path: /^\/2015-03-31\/event-source-mappings\/?$/, run: listEventSourceMappings },
];

const FUNCTIONS = /^\/2015-03-31\/functions\/?$/;

/**
 * Lambda's API for the functions of the service: called, and looked at. Functions of other names are the account's, where its
 * endpoint may have some.
 */
export function createLambdaService(deps: LambdaDeps): RestJsonService {
  return {
    restName: 'lambda',
    answer: async (request, context) => {
      if (request.method === 'GET' && FUNCTIONS.test(request.pathname))
        return listFunctions(deps.functions, context.requestId);
      for (const { method, path, run } of ROUTES) {
        const match = method === request.method ? path.exec(request.pathname) : null;
        if (match === null) continue;
        const fn = functionNamed(deps, match[1] ?? request.query.get('FunctionName') ?? '');
        if (fn === undefined && deps.others) return undefined;
        try {
          if (fn === undefined) throw notFound(`Function not found: ${match[1] ?? ''}`);
          return await run({ ...request, fn }, context, deps);
        } catch (error) {
          if (error instanceof AwsError) return errorAnswer(context.requestId, error);
          throw error;
        }
      }
      return undefined;
    },
  };
}

/** By name or ARN, with or without `$LATEST`: other versions there are none of. */
function functionNamed(
  { functions }: LambdaDeps,
  text: RestRequest['pathname'],
): FunctionDefinition | undefined {
  const name = decoded(text).replace(/:\$LATEST$/, '');
  return functions.find(({ functionName, functionArn }) => name === functionName || name === functionArn);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
