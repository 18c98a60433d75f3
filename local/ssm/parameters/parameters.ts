import type { Clock } from '../../clock.ts';
import type { Operation } from '../../service.ts';
import type { TagStore } from '../tags/tag-store.ts';
import { deleteParameter, deleteParameters } from './delete-parameter.ts';
import { describeParameters } from './describe-parameters.ts';
import { getParameter, getParameters } from './get-parameter.ts';
import { getParametersByPath } from './get-parameters-by-path.ts';
import { ParameterStore } from './parameter-store.ts';
import { putParameter } from './put-parameter.ts';

/** Where `{{ssm:name}}` in a runbook's defaults is looked up. */
export interface ParameterLookup {
  /** The newest value, decrypted; undefined where there is none. */
  lookup(name: string): string | undefined;
}

export interface Parameters extends ParameterLookup {
  readonly operations: Readonly<Record<string, Operation>>;
}

/** Parameter Store: parameters are put, got by name and path, described and deleted. */
export function createParameters(deps: { readonly clock: Clock; readonly tags: TagStore }): Parameters {
  const store = new ParameterStore();
  return {
    operations: {
      PutParameter: (input, context) => putParameter({ ...deps, store }, input, context),
      GetParameter: (input, context) => getParameter(store, input, context),
      GetParameters: (input, context) => getParameters(store, input, context),
      GetParametersByPath: (input, context) => getParametersByPath(store, input, context),
      DescribeParameters: (input, context) => describeParameters({ ...deps, store }, input, context),
      DeleteParameter: (input) => deleteParameter({ ...deps, store }, input),
      DeleteParameters: (input) => deleteParameters({ ...deps, store }, input),
    },
    lookup: (name) => store.find(name)?.value,
  };
}
