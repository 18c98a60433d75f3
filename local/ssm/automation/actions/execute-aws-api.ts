import type { Action } from './action.ts';
import { callApi } from './api-call.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html */
export const executeAwsApi: Action = {
  name: 'aws:executeAwsApi',
  defaultTimeoutSeconds: 25,
  run: async (context) => ({ response: await callApi(context) }),
};
