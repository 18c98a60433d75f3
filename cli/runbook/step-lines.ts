import pc from 'picocolors';
import { printable, shorten } from '../terminal.ts';
import { hasEnded, type StepView } from './execution-view.ts';
import type { StepChange } from './step-watcher.ts';

const COLORS: Readonly<Record<string, (text: string) => string>> = {
  Success: pc.green,
  Failed: pc.red,
  TimedOut: pc.red,
  Cancelled: pc.yellow,
  Waiting: pc.yellow,
};
const MARKS: Readonly<Record<string, string>> = { Success: '✓', Failed: '✗', TimedOut: '✗', Cancelled: '✗' };

/** A step in one line: mark, name, action, status, how long it took. */
export function stepLine({ step, depth }: StepChange): string {
  const { StepName: name, Action: action, StepStatus: status } = step;
  const color = COLORS[status] ?? pc.cyan;
  const mark = MARKS[status] ?? '▸';
  const time = hasEnded(step) ? `  ${pc.dim(duration(step))}` : '';
  const known = hasEnded(step) || status === 'Waiting' ? `  ${color(status)}` : '';
  return `${indent(depth)}${color(mark)} ${pc.bold(printable(name))}${iteration(step)}  ${pc.dim(action)}${known}${time}`;
}

/** Inputs, outputs and failure of a step that has ended. */
export function detailLines({ step, depth }: StepChange, columns: number, verbose: boolean): string[] {
  const margin = `${indent(depth)}    `;
  const lines = (label: string, values: readonly string[]): string[] => {
    if (values.length === 0) return [];
    const room = columns - margin.length - label.length - 1;
    const texts = verbose ? values : [shorten(values.join('  '), room)];
    return texts.map(
      (text, index) => `${margin}${pc.dim(index === 0 ? label : ' '.repeat(label.length))} ${text}`,
    );
  };
  const failure = step.FailureMessage;
  return [
    ...lines('inputs ', inputTexts(step)),
    ...lines(
      'outputs',
      Object.entries(step.Outputs ?? {})
        .filter(isShown)
        .map(([name, list]) => outputText(name, list)),
    ),
    ...(failure ? [`${margin}${pc.red(printable(failure))}`] : []),
  ];
}

/** The call first, where the step is one: `ec2:DescribeInstances`, `InstanceIds: ["i-1"]`. */
function inputTexts({ Inputs: { Service: service, Api: api, ...inputs } }: StepView): string[] {
  const others = Object.entries(inputs)
    .filter(isShown)
    .map(([name, json]) => `${name}: ${json}`);
  const call = service !== undefined && api !== undefined ? [`${service}:${api}`.replaceAll('"', '')] : [];
  return [...call, ...others].map(printable);
}

/** Such as `Name: i-1, i-2`. */
export function outputText(name: string, values: readonly string[]): string {
  return printable(`${name}: ${values.join(', ')}`).replaceAll('\n', '\\n');
}

/** Such as `3 ms`, `1.2 s`, `5 m 3 s`. */
export function describeMs(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} m ${Math.round((ms % 60_000) / 1000)} s`;
}

/** Steps of a loop are shown on their own, and the whole response is only that of the declared outputs again. */
function isShown([name]: readonly [string, unknown]): boolean {
  return name !== 'Steps' && name !== 'OutputPayload';
}

function duration({ ExecutionStartTime: start, ExecutionEndTime: end }: StepView): string {
  return start === undefined || end === undefined ? '' : describeMs(end.getTime() - start.getTime());
}

function iteration({ ParentStepDetails: parent }: StepView): string {
  if (parent === undefined) return '';
  const value = parent.IteratorValue === undefined ? '' : `: ${shorten(printable(parent.IteratorValue), 40)}`;
  return pc.dim(` [${parent.Iteration}${value}]`);
}

function indent(depth: number): string {
  return '  '.repeat(depth + 1);
}
