/**
 * A view of the static schemas that the AWS SDK's clients carry: `[kind, namespace, name, traits, …]`, a member being
 * `[target, traits]`, a plain number a type without traits. Reading them gives every operation its wire form with no
 * code of its own.
 */
export type Shape =
  | StructureShape
  | { readonly kind: 'list'; readonly item: Member; readonly isFlattened: boolean }
  | { readonly kind: 'map'; readonly key: Member; readonly value: Member; readonly isFlattened: boolean }
  | { readonly kind: 'string' | 'number' | 'boolean' | 'timestamp' | 'blob' | 'unit' };

export interface StructureShape {
  readonly kind: 'structure';
  readonly members: readonly Member[];
  /** What its element is called where it is a document of its own. */
  readonly xmlName?: string;
  /** How many of the first members a request must have. */
  readonly required?: number;
}

export interface Member {
  readonly name: string;
  readonly xmlName: string | undefined;
  readonly ec2QueryName: string | undefined;
  /** Where it is in an HTTP message, and how it is in XML: `httpHeader`, `httpQuery`, `httpPayload`, `xmlAttribute` … */
  readonly traits?: Readonly<Record<string, unknown>>;
  /** Resolved when it is asked for: schemas can be recursive. */
  shape(): Shape;
}

const KIND = { simple: 0, list: 1, map: 2, structure: 3, error: -3, union: 4, operation: 9 } as const;

/** Input and output of an operation's schema; undefined for what is none. */
export function operationShapes(schema: unknown): OperationShapes | undefined {
  const [kind, , name, traits, input, output] = Array.isArray(schema) ? schema : [];
  if (kind !== KIND.operation) return undefined;
  return {
    name: String(name),
    input: resolve(input).shape,
    output: resolve(output).shape,
    http: httpBinding(traitsOf(traits).http),
  };
}

export interface OperationShapes {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  /** Of operations that are told apart by method and path; undefined for those of other protocols. */
  readonly http: HttpBinding | undefined;
}

export interface HttpBinding {
  readonly method: string;
  /** Such as `/{Key+}?x-id=GetObject`. */
  readonly uri: string;
  readonly statusCode: number;
}

function httpBinding(trait: unknown): HttpBinding | undefined {
  if (!Array.isArray(trait)) return undefined;
  return { method: String(trait[0]), uri: String(trait[1]), statusCode: Number(trait[2]) };
}

interface Resolved {
  readonly shape: Shape;
  readonly traits: Readonly<Record<string, unknown>>;
}

const cache = new WeakMap<object, Resolved>();

function resolve(reference: unknown): Resolved {
  const key = typeof reference === 'object' || typeof reference === 'function' ? reference : null;
  const known = key === null ? undefined : cache.get(key);
  if (known) return known;
  const resolved = typeof reference === 'function' ? resolve(reference()) : toShape(reference);
  if (key !== null) cache.set(key, resolved);
  return resolved;
}

function toShape(schema: unknown): Resolved {
  if (!Array.isArray(schema)) return { shape: simpleShape(schema), traits: {} };
  if (schema.length === 2) {
    const target = resolve(schema[0]);
    return { shape: target.shape, traits: { ...target.traits, ...traitsOf(schema[1]) } };
  }
  const [kind, , name, ownTraits, first, second, required] = schema;
  const traits = traitsOf(ownTraits);
  const isFlattened = Boolean(traits.xmlFlattened);
  switch (kind) {
    case KIND.structure:
    case KIND.error:
    case KIND.union: {
      const names: readonly unknown[] = Array.isArray(first) ? first : [];
      const targets: readonly unknown[] = Array.isArray(second) ? second : [];
      const members = names.map((each, index) => member(String(each), targets[index]));
      const xmlName = textTrait(traits.xmlName) ?? String(name);
      return { shape: { kind: 'structure', members, xmlName, required: Number(required ?? 0) }, traits };
    }
    case KIND.list:
      return { shape: { kind: 'list', item: member('member', first), isFlattened }, traits };
    case KIND.map:
      return {
        shape: { kind: 'map', key: member('key', first), value: member('value', second), isFlattened },
        traits,
      };
    default: {
      const target = resolve(first);
      return { shape: target.shape, traits: { ...target.traits, ...traits } };
    }
  }
}

const LIST_OF = 64;
const MAP_OF = 128;

function simpleShape(schema: unknown): Shape {
  if (typeof schema !== 'number') return { kind: schema === 'unit' ? 'unit' : 'string' };
  if (schema >= MAP_OF) {
    const value = member('value', schema - MAP_OF);
    return { kind: 'map', key: member('key', 0), value, isFlattened: false };
  }
  if (schema >= LIST_OF)
    return { kind: 'list', item: member('member', schema - LIST_OF), isFlattened: false };
  if (schema === 1 || schema === 17 || schema === 19) return { kind: 'number' };
  if (schema === 2) return { kind: 'boolean' };
  if (schema >= 4 && schema <= 7) return { kind: 'timestamp' };
  return { kind: schema === 21 || schema === 42 ? 'blob' : 'string' };
}

function member(name: string, reference: unknown): Member {
  const traits = memberTraits(reference);
  return {
    name,
    xmlName: textTrait(traits.xmlName),
    ec2QueryName: textTrait(traits.ec2QueryName),
    traits,
    shape: () => {
      const { shape, traits: all } = resolve(reference);
      return 'isFlattened' in shape && all.xmlFlattened ? { ...shape, isFlattened: true } : shape;
    },
  };
}

function memberTraits(reference: unknown): Readonly<Record<string, unknown>> {
  return Array.isArray(reference) && reference.length === 2 ? traitsOf(reference[1]) : {};
}

/** Traits are an object, or a number whose bits are traits; only these two say where a member goes. */
function traitsOf(traits: unknown): Readonly<Record<string, unknown>> {
  if (typeof traits === 'number') {
    return { ...(traits & 1 ? { httpLabel: 1 } : {}), ...(traits & 16 ? { httpPayload: 1 } : {}) };
  }
  return typeof traits === 'object' && traits !== null ? { ...traits } : {};
}

function textTrait(trait: unknown): string | undefined {
  return typeof trait === 'string' ? trait : undefined;
}
