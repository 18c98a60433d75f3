import { readdirSync, readFileSync } from 'node:fs';

// Events as a broken, a future or a hostile sender might send them, made from the samples. The same seed, the same event.

const SAMPLES = new URL('../fixtures/events/', import.meta.url);

/** The samples that a source reads, by name. */
const TEXTS: readonly { readonly name: string; readonly json: string }[] = readdirSync(SAMPLES)
  .filter((file) => !file.startsWith('ssm-'))
  .map((file) => ({ name: file.replace('.json', ''), json: readFileSync(new URL(file, SAMPLES), 'utf8') }));

type Random = () => number;
type Tree = Record<string, unknown> | unknown[];

/** A place in an event. */
interface Spot {
  readonly within: Tree;
  readonly key: string | number;
}

export interface MutatedEvent {
  /** The sample that it was made from. */
  readonly name: string;
  readonly event: unknown;
}

/** One to four mutations of a sample. */
export function mutatedEvent(seed: number): MutatedEvent {
  const random = randomOf(seed);
  const sample = oneOf(TEXTS, random);
  const event: Tree = JSON.parse(sample.json);
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time++) mutate(event, random);
  return { name: sample.name, event };
}

/** Mulberry32: small, quick, and good enough to choose by. */
function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function oneOf<Value>(values: readonly Value[], random: Random): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('There is nothing to choose from');
  return value;
}

function spotsOf(tree: Tree, spots: Spot[] = []): Spot[] {
  const keys = Array.isArray(tree) ? tree.keys() : Object.keys(tree);
  for (const key of keys) {
    spots.push({ within: tree, key });
    const value = at({ within: tree, key });
    if (typeof value === 'object' && value !== null) spotsOf(value as Tree, spots);
  }
  return spots;
}

function at({ within, key }: Spot): unknown {
  return (within as Record<string | number, unknown>)[key];
}

/** Quicker than structuredClone for what came as JSON. */
function copyOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}

/** As JSON.parse would: `__proto__` is a key like any other. */
function put({ within, key }: Spot, value: unknown): void {
  Object.defineProperty(within, key, { value, writable: true, enumerable: true, configurable: true });
}

const JUNK: readonly unknown[] = [
  null,
  '',
  ' ',
  '-',
  'x',
  '*',
  0,
  -1,
  1e308,
  true,
  false,
  [],
  {},
  [null],
  [[]],
  { a: { b: [] } },
  'us-east-1',
  'eu-west-1a',
  'us-east-1.example.com',
  '000000000000',
  'i-0123456789abcdef0',
  'i-99999999',
  'arn:aws:s3:::another',
  'arn:aws:ec2:eu-west-1:999999999999:instance/i-1',
  'arn:aws-cn:kms:cn-north-1:999999999999:key/k',
  'arn:aws:iam::aws:policy/AdministratorAccess',
  'ARCHIVED',
  'ACTIVE',
  'Red',
  '9999-12-31T23:59:59Z',
  'Dec 3, 2021, 6:02:30 PM',
  '\u0000\u001b[2J\u202e\ud800',
  '{{ global:ACCOUNT_ID }}',
  'é'.repeat(600),
  'x'.repeat(3000),
];

const MUTATIONS: readonly ((event: Tree, spot: Spot, random: Random) => void)[] = [
  (_, spot, random) => put(spot, copyOf(oneOf(JUNK, random))),
  (_, { within, key }) => {
    if (Array.isArray(within)) within.splice(Number(key), 1);
    else delete within[key];
  },
  // One value where another belongs: an ID where a region is, a region where an account is.
  (event, spot, random) => put(spot, copyOf(at(oneOf(spotsOf(event), random)))),
  (event, spot, random) => {
    const other = oneOf(spotsOf(event), random);
    const [one, two] = [copyOf(at(spot)), copyOf(at(other))];
    put(spot, two);
    put(other, one);
  },
  (_, spot, random) => {
    const value = at(spot);
    if (typeof value !== 'string' || value === '') return put(spot, [value]);
    const cut = Math.floor(random() * value.length);
    put(spot, value.slice(0, cut) + oneOf(['', 'A', ' ', '/', ':', '"', '0'], random) + value.slice(cut + 1));
  },
  (_, spot, random) => {
    const { within } = spot;
    if (Array.isArray(within)) within.push(copyOf(at(spot)));
    else put({ within, key: oneOf(['someday', '__proto__', 'constructor', 'toString', ''], random) }, 'x');
  },
  (_, spot) => put(spot, { within: at(spot) }),
  // A part of another source's event.
  (_, spot, random) => {
    const other: Tree = JSON.parse(oneOf(TEXTS, random).json);
    put(spot, at(oneOf(spotsOf(other), random)));
  },
];

function mutate(event: Tree, random: Random): void {
  const spots = spotsOf(event);
  if (spots.length > 0) oneOf(MUTATIONS, random)(event, oneOf(spots, random), random);
  // SNS carries its event as text.
  if (random() < 0.5) mutateMessage(event, random);
}

function mutateMessage(event: Tree, random: Random): void {
  const spot = spotsOf(event).find(({ key }) => key === 'Message');
  const text = spot && at(spot);
  if (spot === undefined || typeof text !== 'string' || !text.startsWith('{')) return;
  let message: Tree;
  try {
    message = JSON.parse(text);
  } catch {
    // An earlier mutation has made it text.
    return;
  }
  const spots = spotsOf(message);
  if (spots.length > 0) oneOf(MUTATIONS, random)(message, oneOf(spots, random), random);
  put(spot, JSON.stringify(message));
}
