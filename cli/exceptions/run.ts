import { systemClock } from '../../shared/aws/clock.ts';
import { createExceptionStore } from '../../shared/aws/exception-store.ts';
import { type Aws, withAws } from '../aws/open-aws.ts';
import type { Connection } from '../connection-options.ts';
import { openUi } from '../ui.ts';
import { addException } from './add.ts';
import { createExceptionTable } from './exception-table.ts';
import { type ExceptionListOptions, listExceptions } from './list.ts';
import { type AddOptions, type KeyOptions, readException, readKey } from './read-exception.ts';
import { removeException } from './remove.ts';

type Where = Pick<Connection, 'profile' | 'region' | 'endpointUrl' | 'remediationExceptionTable'>;
type Asking = { readonly yes?: true; readonly json?: true };

export function runAdd(options: Where & AddOptions & Asking): Promise<void> {
  // A mistake is told before anything is asked for over the network.
  readException(options, systemClock.now());
  return withAws(options, async (aws) =>
    addException({ table: await tableOf(aws, options), clock: systemClock, ui: openUi() }, options),
  );
}

export function runRemove(options: Where & KeyOptions & Asking): Promise<void> {
  readKey(options);
  return withAws(options, async (aws) =>
    removeException({ table: await tableOf(aws, options), ui: openUi() }, options),
  );
}

export function runList(options: Where & ExceptionListOptions): Promise<void> {
  return withAws(options, async (aws) => {
    const { remediationExceptionTable: tableName } = options;
    const exceptions = createExceptionStore({ client: await aws.dynamoDb(), tableName, clock: systemClock });
    return listExceptions({ exceptions, clock: systemClock, ui: openUi() }, options);
  });
}

async function tableOf(aws: Aws, { remediationExceptionTable }: Where) {
  return createExceptionTable(await aws.dynamoDb(), remediationExceptionTable);
}
