import type { Action } from './action.ts';
import { callApi } from './api-call.ts';

/** Responses that are larger are not kept as an output: executions are kept in memory, by the thousand. */
const MAX_PAYLOAD = 100_000;

/**
 * Calls an API; beside the outputs that the step declares, the whole response is `OutputPayload`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html
 */
export const executeAwsApi: Action = {
  name: 'aws:executeAwsApi',
  defaultTimeoutSeconds: 25,
  run: async (context) => {
    const { response, size } = await callApi(context);
    const outputs = new Map(size > MAX_PAYLOAD ? [] : [['OutputPayload', response]]);
    return { response, outputs };
  },
};
