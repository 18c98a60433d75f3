import { STSClient } from '@aws-sdk/client-sts';
import { capture } from '../observability/tracer.ts';
import { createAssumedRoles } from './assumed-roles.ts';
import type { ClientOptions } from './clients.ts';
import { createAccounts, createCredentials, createToldIn } from './credentials.ts';
import { clock, config } from './deps.ts';

const roles = createAssumedRoles({ ...config, sts: () => new STSClient({ region: config.region }), clock });

export const clientOptions: ClientOptions = { capture, credentials: createCredentials(config, roles) };
export const accounts = createAccounts(config, roles);
export const toldIn = createToldIn(config, accounts);
