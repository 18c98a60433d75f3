import type { Action } from './action.ts';
import { assertAwsResourceProperty } from './assert-aws-resource-property.ts';
import { branch } from './branch.ts';
import { executeAwsApi } from './execute-aws-api.ts';
import { sleep } from './sleep.ts';
import { waitForAwsResourceProperty } from './wait-for-aws-resource-property.ts';

/** The actions that run here, by name. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [assertAwsResourceProperty, branch, executeAwsApi, sleep, waitForAwsResourceProperty].map((action) => [
    action.name,
    action,
  ]),
);
