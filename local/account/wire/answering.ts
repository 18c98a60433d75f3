import type { Ids } from '../../ids.ts';
import type { Account } from '../account.ts';

export interface HttpDeps {
  readonly call: Account['call'];
  readonly ids: Ids;
}

/** What a protocol needs to answer one request. */
export interface Answering<P> {
  readonly protocol: P;
  readonly deps: HttpDeps;
  readonly requestId: string;
}
