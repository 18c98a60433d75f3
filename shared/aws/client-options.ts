import { capture } from '../observability/tracer.ts';
import type { ClientOptions } from './clients.ts';
import { createCredentials, createToldIn } from './credentials.ts';
import { config } from './deps.ts';

export const clientOptions: ClientOptions = { capture, credentials: createCredentials(config) };
export const toldIn = createToldIn(config);
