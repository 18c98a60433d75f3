import type { CalendarState } from '../../shared/domain/circumstances.ts';
import { RemediatorError } from '../../shared/domain/errors.ts';
import type { Runbook } from '../../shared/domain/runbook.ts';
import type {
  Calendars,
  ChildExecution,
  ExecutionResult,
  NewOpsItem,
  OpsItemChanges,
  OpsItems,
  Place,
  Runbooks,
  StartRequest,
  Tags,
} from '../../shared/ports.ts';

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

export interface FakeExecution extends StartRequest {
  readonly id: string;
  /** Of a child: the rate-controlled execution that it belongs to. */
  readonly parentId?: string;
  status: string;
  failureMessage?: string;
  opsItemId?: string;
  executedBy?: string;
  outputs?: Readonly<Record<string, readonly string[]>>;
}

const ENDED = /^(Success|Failed|TimedOut|Cancelled)$/;

/** Systems Manager Automation. Executions go on until `finish`. */
export class FakeRunbooks implements Runbooks {
  readonly documents = new Map<string, Runbook>();
  /** Those that were started; not their children. */
  readonly executions: FakeExecution[] = [];
  readonly children: FakeExecution[] = [];
  readonly #childById = new Map<string, FakeExecution>();
  readonly #childrenByParent = new Map<string, FakeExecution[]>();
  /** What the executions' IDs begin with: eight hexadecimal digits. */
  idPrefix = '00000000';
  /** false: tokens are forgotten at once, since nobody says how long they live. */
  remembersTokens = true;
  /** Systems Manager's own answer to a start, where it is a refusal. */
  refusal: RemediatorError | undefined;

  async describe(name: string, { region }: Place): Promise<Runbook | RemediatorError> {
    const document = this.documents.get(name);
    return document ?? new RemediatorError('RUNBOOK_NOT_FOUND', `There is no runbook ${name} in ${region}.`);
  }

  async start(request: StartRequest): Promise<string> {
    if (this.refusal) throw this.refusal;
    const known = this.remembersTokens
      ? this.executions.find(({ clientToken }) => clientToken === request.clientToken)
      : undefined;
    if (known) {
      if (JSON.stringify(known.parameters) === JSON.stringify(request.parameters)) return known.id;
      throw awsError('IdempotentParameterMismatch');
    }
    const id = `${this.idPrefix}-0000-4000-8000-${String(this.executions.length + 1).padStart(12, '0')}`;
    const execution: FakeExecution = { ...structuredClone(request), id, status: 'InProgress' };
    this.executions.push(execution);
    this.#goOn(execution);
    return id;
  }

  async childrenOf(automationExecutionId: string): Promise<readonly ChildExecution[]> {
    return this.#childrenOf(automationExecutionId).map(({ id, status, parameters, parentId }) => ({
      id,
      status,
      target: parameters[this.#parent(parentId)?.rateControl?.parameter ?? '']?.[0] ?? '',
    }));
  }

  async findByTagKey(tagKey: string, { region }: Place): Promise<string | undefined> {
    return this.executions.find((each) => each.region === region && Object.hasOwn(each.tags, tagKey))?.id;
  }

  async get(automationExecutionId: string, { region }: Place): Promise<ExecutionResult | undefined> {
    const found = this.#find(automationExecutionId, region);
    if (!found) return undefined;
    const { status, document, parameters, failureMessage, opsItemId, executedBy, outputs = {} } = found;
    const { parentId, rateControl } = found;
    return {
      status,
      document,
      parameters,
      outputs,
      ...(failureMessage ? { failureMessage } : {}),
      ...(opsItemId ? { opsItemId } : {}),
      ...(executedBy ? { executedBy } : {}),
      ...(parentId ? { parentId } : {}),
      ...(rateControl ? { targets: rateControl.values } : {}),
    };
  }

  async tagsOf(automationExecutionId: string, { region }: Place): Promise<Readonly<Record<string, string>>> {
    return this.#find(automationExecutionId, region)?.tags ?? {};
  }

  /** Ends an execution; where it is a child, the next one begins, or its parent ends too. */
  finish(
    status: string,
    { id, failureMessage }: { id?: string; failureMessage?: string } = {},
  ): FakeExecution {
    const execution =
      this.#childById.get(id ?? '') ?? this.executions.find((each) => id === undefined || each.id === id);
    if (!execution) throw new Error('There is no execution to finish');
    execution.status = status;
    if (failureMessage) execution.failureMessage = failureMessage;
    const parent = this.#parent(execution.parentId);
    if (parent) this.#goOn(parent);
    return execution;
  }

  /** Starts as many children as may run at a time, until too many have failed; ends with the last of them. */
  #goOn(parent: FakeExecution): void {
    const { rateControl } = parent;
    if (!rateControl || ENDED.test(parent.status)) return;
    const { parameter, values, maxConcurrency, maxErrors } = rateControl;
    const started = this.#childrenOf(parent.id);
    const running = started.filter(({ status }) => !ENDED.test(status)).length;
    const failed = started.filter(({ status }) => status === 'Failed').length;
    const stopped = failed > portionOf(maxErrors, values.length);
    const room = Math.max(1, portionOf(maxConcurrency, values.length)) - running;
    const next = stopped ? [] : values.slice(started.length, started.length + room);
    for (const value of next) {
      const id = `00000000-0000-4000-9000-${String(this.children.length + 1).padStart(12, '0')}`;
      const { rateControl: _, ...rest } = parent;
      const parameters = { ...parent.parameters, [parameter]: [value] };
      const child = { ...rest, id, parentId: parent.id, parameters, tags: {}, status: 'InProgress' };
      this.children.push(child);
      this.#childById.set(id, child);
      this.#childrenByParent.set(parent.id, [...this.#childrenOf(parent.id), child]);
    }
    if (running + next.length === 0) parent.status = stopped ? 'Failed' : 'Success';
  }

  #childrenOf(id: string): FakeExecution[] {
    return this.#childrenByParent.get(id) ?? [];
  }

  #parent(id: string | undefined): FakeExecution | undefined {
    return this.executions.find((each) => each.id === id);
  }

  #find(id: string, region: string): FakeExecution | undefined {
    const found = this.#childById.get(id) ?? this.executions.find((each) => each.id === id);
    return found?.region === region ? found : undefined;
  }
}

/** A number, or a percentage rounded down. */
function portionOf(text: string, total: number): number {
  return text.endsWith('%') ? Math.floor((total * Number.parseInt(text, 10)) / 100) : Number(text);
}

export interface FakeOpsItem extends Omit<NewOpsItem, 'data'> {
  readonly id: string;
  status: 'Open' | 'InProgress' | 'Resolved';
  readonly data: Record<string, string>;
}

export class FakeOpsItems implements OpsItems {
  readonly all: FakeOpsItem[] = [];
  /** Who changed any of them last. */
  changedBy = 'arn:aws:iam::012345678901:user/somebody';
  /** The newest of each dedup string. */
  readonly #newest = new Map<string, string>();

  async create({ data, ...opsItem }: NewOpsItem): Promise<{ id: string; isNew: boolean }> {
    const dedup = `${opsItem.region} ${opsItem.dedupString}`;
    const known = this.#newest.get(dedup);
    const newest = known === undefined ? undefined : this.#find(known, opsItem.region);
    if (newest && newest.status !== 'Resolved') return { id: newest.id, isNew: false };
    const id = `oi-${String(this.all.length + 1).padStart(12, '0')}`;
    this.all.push({ ...opsItem, id, status: 'Open', data: { ...data.searchable, ...data.plain } });
    this.#newest.set(dedup, id);
    return { id, isNew: true };
  }

  async update(opsItemId: string, { region, status, data }: OpsItemChanges): Promise<boolean> {
    const opsItem = this.#find(opsItemId, region);
    if (!opsItem) return false;
    Object.assign(opsItem.data, data.searchable, data.plain);
    if (status) opsItem.status = status;
    return true;
  }

  async findOpen(findingId: string, { region }: Place): Promise<string | undefined> {
    return this.all.find(
      (each) => each.data.findingId === findingId && each.region === region && each.status !== 'Resolved',
    )?.id;
  }

  async read(opsItemId: string, { region }: Place): Promise<Readonly<Record<string, string>> | undefined> {
    const opsItem = this.#find(opsItemId, region);
    return opsItem && { ...opsItem.data };
  }

  async changed(opsItemId: string, { region }: Place): Promise<{ status: string; by: string } | undefined> {
    const opsItem = this.#find(opsItemId, region);
    return opsItem && { status: opsItem.status, by: this.changedBy };
  }

  /** What DeleteOpsItem does. */
  delete(opsItemId: string): void {
    this.all.splice(
      this.all.findIndex(({ id }) => id === opsItemId),
      1,
    );
  }

  #find(id: string, region: string): FakeOpsItem | undefined {
    const likely = this.all[Number(id.slice(3)) - 1];
    const found = likely?.id === id ? likely : this.all.find((each) => each.id === id);
    return found?.region === region ? found : undefined;
  }
}

export class FakeTags implements Tags {
  readonly byArn = new Map<string, Readonly<Record<string, string>>>();

  /** ARNs that the tagging API does not take. */
  readonly unknownArns = new Set<string>();

  async of(resourceArn: string): Promise<Readonly<Record<string, string>> | undefined> {
    if (this.unknownArns.has(resourceArn)) return undefined;
    return this.byArn.get(resourceArn) ?? {};
  }
}

export class FakeCalendars implements Calendars {
  state: CalendarState = { open: true };

  async stateOf(): Promise<CalendarState> {
    return this.state;
  }
}
