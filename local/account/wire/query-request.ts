import { AwsError } from '../../aws-error.ts';
import type { JsonObject } from '../../service.ts';
import type { Member, Shape } from './shape.ts';

/** EC2's dialect flattens all lists and capitalizes names; the others nest lists under `member`. */
export type QueryDialect = 'ec2' | 'aws';

interface Node {
  value: string | undefined;
  readonly children: Map<string, Node>;
}

/** Parameters of the protocol itself, and of the older ways to sign a request. */
const PROTOCOL_PARAMETERS = new Set([
  'Action',
  'Version',
  'AUTHPARAMS',
  'AWSAccessKeyId',
  'Expires',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'Timestamp',
]);

/** No API nests deeper than this; a longer name is no parameter but an attempt to exhaust the stack. */
const MAX_DEPTH = 32;

/**
 * Reads form-encoded parameters (`Filter.1.Value.1=…`) into an operation's input.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html
 * @throws AwsError UnknownParameter, InvalidParameterValue, MalformedQueryString
 */
export function readQuery(parameters: URLSearchParams, shape: Shape, dialect: QueryDialect): JsonObject {
  const root = emptyNode();
  for (const [name, value] of parameters) {
    if (PROTOCOL_PARAMETERS.has(name) || name.startsWith('X-Amz-')) continue;
    insert(root, name, value);
  }
  if (shape.kind !== 'structure') {
    refuseRest(root, new Set(), '');
    return {};
  }
  return readStructure(root, shape.members, { path: '', dialect });
}

interface Position {
  readonly path: string;
  readonly dialect: QueryDialect;
}

function insert(root: Node, name: string, value: string): void {
  const segments = name.split('.');
  if (segments.length > MAX_DEPTH || segments.includes('')) {
    throw new AwsError(
      'MalformedQueryString',
      `The query string has a malformed parameter: ${shorten(name)}`,
    );
  }
  let node = root;
  for (const segment of segments) {
    const child = node.children.get(segment) ?? emptyNode();
    node.children.set(segment, child);
    node = child;
  }
  if (node.value !== undefined) {
    throw new AwsError('InvalidParameterValue', `The parameter ${shorten(name)} is given more than once.`);
  }
  node.value = value;
}

function readNode(node: Node, shape: Shape, at: Position): unknown {
  switch (shape.kind) {
    case 'structure':
      assertNoText(node, at);
      return readStructure(node, shape.members, at);
    case 'list':
      assertNoText(node, at);
      return readList(node, shape, at);
    case 'map':
      assertNoText(node, at);
      return readMap(node, shape, at);
    default:
      refuseRest(node, new Set(), at.path);
      return readScalar(node.value ?? '', shape.kind, at);
  }
}

function readStructure(node: Node, members: readonly Member[], at: Position): JsonObject {
  const read = new Map<string, unknown>();
  const known = new Set<string>();
  for (const member of members) {
    const name = wireName(member, at.dialect);
    known.add(name);
    const child = node.children.get(name);
    if (child) read.set(member.name, readNode(child, member.shape(), below(at, name)));
  }
  refuseRest(node, known, at.path);
  return Object.fromEntries(read);
}

function readList(node: Node, shape: Shape & { kind: 'list' }, at: Position): unknown[] {
  const isFlat = at.dialect === 'ec2' || shape.isFlattened;
  const items = isFlat ? node : wrapped(node, shape.item.xmlName ?? 'member', at);
  return numbered(items, at).map(([index, child]) => readNode(child, shape.item.shape(), below(at, index)));
}

function readMap(node: Node, shape: Shape & { kind: 'map' }, at: Position): JsonObject {
  const entries = shape.isFlattened ? node : wrapped(node, 'entry', at);
  const keyName = shape.key.xmlName ?? 'key';
  const valueName = shape.value.xmlName ?? 'value';
  return Object.fromEntries(
    numbered(entries, at).map(([index, entry]) => {
      const inside = below(at, index);
      refuseRest(entry, new Set([keyName, valueName]), inside.path);
      const value = entry.children.get(valueName) ?? emptyNode();
      return [
        entry.children.get(keyName)?.value ?? '',
        readNode(value, shape.value.shape(), below(inside, valueName)),
      ];
    }),
  );
}

function wrapped(node: Node, name: string, at: Position): Node {
  refuseRest(node, new Set([name]), at.path);
  return node.children.get(name) ?? emptyNode();
}

/** The children of a list in the order of their numbers, which may have gaps. */
function numbered(node: Node, at: Position): [string, Node][] {
  for (const name of node.children.keys()) {
    if (!/^\d{1,9}$/.test(name)) throw unknownParameter(below(at, name).path);
  }
  return [...node.children].sort(([a], [b]) => Number(a) - Number(b));
}

function readScalar(value: string, kind: Shape['kind'], at: Position): unknown {
  switch (kind) {
    case 'boolean':
      if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
      throw invalidValue(value, at, 'boolean');
    case 'number':
      if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)) return Number(value);
      throw invalidValue(value, at, 'number');
    case 'timestamp': {
      const date = new Date(value);
      if (Number.isNaN(date.getTime())) throw invalidValue(value, at, 'timestamp');
      return date;
    }
    default:
      return value;
  }
}

function wireName({ name, xmlName, ec2QueryName }: Member, dialect: QueryDialect): string {
  if (dialect === 'aws') return xmlName ?? name;
  const plain = xmlName ?? name;
  return ec2QueryName ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** An empty list is sent as `Name=`; any other text where members belong is a mistake. */
function assertNoText(node: Node, at: Position): void {
  if (node.value) throw invalidValue(node.value, at, 'list or structure');
}

function refuseRest(node: Node, known: ReadonlySet<string>, path: string): void {
  for (const name of node.children.keys()) {
    if (!known.has(name)) throw unknownParameter(path ? `${path}.${name}` : name);
  }
}

function unknownParameter(path: string): AwsError {
  return new AwsError('UnknownParameter', `The parameter ${shorten(path)} is not recognized`);
}

function invalidValue(value: string, at: Position, type: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Invalid value '${shorten(value)}' for ${at.path}. Expected a ${type}.`,
  );
}

function below(at: Position, name: string): Position {
  return { ...at, path: at.path ? `${at.path}.${name}` : name };
}

function emptyNode(): Node {
  return { value: undefined, children: new Map() };
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
