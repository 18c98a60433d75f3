import type * as z from 'zod/mini';

/** What a schema makes of a value; FAILED: it may be wrong, and the schema itself has to say what with. */
type Parse = (value: unknown) => unknown;

export const FAILED = Symbol('failed');

const known = new WeakMap<z.core.$ZodType, Parse>();

/**
 * The same as the schema's own parse of what is sound, in a fourth of the time: most of the time of reading an event goes
 * into that. What is not sound, and whatever kind of schema is not known here, is left to the schema.
 * @returns FAILED where that is to be done
 */
export function quickParse(schema: z.core.$ZodType, value: unknown): unknown {
  return quick(schema)(value);
}

function quick(schema: z.core.$ZodType): Parse {
  let parse = known.get(schema);
  if (parse === undefined) {
    parse = compile(schema);
    known.set(schema, parse);
  }
  return parse;
}

function compile(schema: z.core.$ZodType): Parse {
  // Every schema is one of these, or of a kind that the default is for.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return def.checks?.length ? leaveTo(schema) : objectOf(schema, def);
    case 'string':
      return textOf(schema, def);
    case 'number':
      return def.checks?.length || 'format' in def
        ? leaveTo(schema)
        : (value) => (Number.isFinite(value) ? value : FAILED);
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? value : FAILED);
    case 'unknown':
      return (value) => value;
    case 'lazy': {
      let inner: Parse | undefined;
      return (value) => {
        inner ??= quick(def.getter());
        return inner(value);
      };
    }
    case 'optional': {
      const inner = quick(def.innerType);
      return (value) => (value === undefined ? undefined : inner(value));
    }
    case 'catch': {
      const inner = quick(def.innerType);
      const slow = leaveTo(schema);
      return (value) => {
        const parsed = inner(value);
        return parsed === FAILED ? slow(value) : parsed;
      };
    }
    case 'nullable': {
      const inner = quick(def.innerType);
      return (value) => (value === null ? null : inner(value));
    }
    case 'record': {
      const isPlain = def.keyType._zod.def.type === 'string' && !def.keyType._zod.def.checks?.length;
      // Anything is right in it, and stays as it is.
      const isAny = def.valueType._zod.def.type === 'unknown';
      const inner = isAny ? undefined : quick(def.valueType);
      return isPlain && !def.checks?.length ? (value) => recordOf(value, inner) : leaveTo(schema);
    }
    case 'array': {
      const inner = quick(def.element);
      return def.checks?.length ? leaveTo(schema) : (value) => listOf(value, inner);
    }
    default:
      return leaveTo(schema);
  }
}

/** As slow, and as right, as ever. */
function leaveTo(schema: z.core.$ZodType): Parse {
  return (value) => {
    const result = schema._zod.run({ value, issues: [] }, { async: false });
    return result instanceof Promise || result.issues.length > 0 ? FAILED : result.value;
  };
}

function listOf(value: unknown, inner: Parse): unknown {
  if (!Array.isArray(value)) return FAILED;
  let list: unknown[] | undefined;
  for (let index = 0; index < value.length; index += 1) {
    const each: unknown = value[index];
    const parsed = inner(each);
    if (parsed === FAILED) return FAILED;
    if (parsed === each && index in value) continue;
    list ??= [...value];
    list[index] = parsed;
  }
  return list ?? value;
}

function recordOf(value: unknown, inner: Parse | undefined): unknown {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return FAILED;
  const input = value as Readonly<Record<string, unknown>>;
  if (inner === undefined) return Object.hasOwn(input, '__proto__') ? FAILED : input;
  let output: Record<string, unknown> | undefined;
  for (const key of Object.keys(input)) {
    const parsed = inner(input[key]);
    if (parsed === FAILED || key === '__proto__') return FAILED;
    if (parsed === input[key]) continue;
    output ??= { ...input };
    output[key] = parsed;
  }
  return output ?? value;
}

function textOf(
  schema: z.core.$ZodType,
  { checks = [], format }: z.core.$ZodStringDef & { format?: string },
): Parse {
  const steps = checks.map(stepOf);
  const sure = steps.filter((step) => step !== undefined);
  if (format !== undefined || sure.length < steps.length) return leaveTo(schema);
  return (value) => {
    if (typeof value !== 'string') return FAILED;
    let text: string = value;
    for (const step of sure) {
      const next = step(text);
      if (next === undefined) return FAILED;
      text = next;
    }
    return text;
  };
}

/** What a check makes of a text, undefined where that is wrong; undefined: the check is of no kind that is known here. */
function stepOf(check: z.core.$ZodCheck<never>): ((text: string) => string | undefined) | undefined {
  // As with schemas.
  const { def } = (check as unknown as z.core.$ZodChecks)._zod;
  switch (def.check) {
    case 'min_length': {
      const least = def.minimum;
      return (text) => (text.length >= least ? text : undefined);
    }
    case 'max_length': {
      const most = def.maximum;
      return (text) => (text.length <= most ? text : undefined);
    }
    case 'string_format': {
      const { pattern } = def;
      if (pattern === undefined || def.format !== 'regex' || pattern.global || pattern.sticky)
        return undefined;
      return (text) => (pattern.test(text) ? text : undefined);
    }
    case 'overwrite':
      return (text) => {
        const next: unknown = def.tx(text);
        return typeof next === 'string' ? next : undefined;
      };
    default:
      return undefined;
  }
}

interface Property {
  readonly key: string;
  readonly parse: Parse;
  readonly mayLack: boolean;
}

function objectOf(schema: z.core.$ZodType, { shape, catchall }: z.core.$ZodObjectDef): Parse {
  // What leaves keys out has to copy, and sources have no such.
  if (catchall?._zod.def.type !== 'unknown') return leaveTo(schema);
  const properties = Object.entries(shape).map(([key, inner]): Property | undefined => {
    const { optin, optout } = inner._zod;
    const mayLack = optin === 'optional' && optout === 'optional';
    // A default, or a key that may be absent though its value may not.
    if (!mayLack && optin !== undefined) return undefined;
    return { key, parse: quick(inner), mayLack };
  });
  const sure = properties.filter((property) => property !== undefined);
  if (sure.length < properties.length || Object.hasOwn(shape, '__proto__')) return leaveTo(schema);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return FAILED;
    // Whatever it is, it has properties by names.
    const input = value as Readonly<Record<string, unknown>>;
    if (Object.hasOwn(input, '__proto__')) return FAILED;
    // What is kept whole is not copied before something in it has changed.
    let output: Record<string, unknown> | undefined;
    for (const { key, parse, mayLack } of sure) {
      const said = input[key];
      if (said === undefined && !(key in input)) {
        if (mayLack) continue;
        return FAILED;
      }
      const parsed = parse(said);
      if (parsed === FAILED) return FAILED;
      if (parsed === said) continue;
      output ??= { ...input };
      output[key] = parsed;
    }
    return output ?? input;
  };
}
