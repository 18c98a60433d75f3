/** Keys and indices from the top of a text to a value. */
export type JsonPath = readonly (string | number)[];

/** Both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where everything stands in a text of JSON. */
export interface JsonPlaces {
  /** Of a value, or of what is nearest around it. */
  valueAt(path: JsonPath): Place;
  /** Of a key. */
  keyAt(path: JsonPath): Place;
  /** Keys that stand twice in their object: the last one counts, which nobody sees. */
  readonly twice: readonly JsonPath[];
}

/** A text that is no JSON, and where it ceases to be. */
export class NotJson extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.name = 'NotJson';
    this.place = place;
  }
}

/** Deeper than anything that is a mapping. */
const MAX_DEPTH = 50;

const SPACE = /[ \t\n\r]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON takes none in a string
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/**
 * Reads JSON, and where everything in it stands.
 * @throws NotJson
 */
export function readJson(text: string): { readonly value: unknown; readonly places: JsonPlaces } {
  const places = placesIn(text);
  return { value: JSON.parse(text), places };
}

function placesIn(text: string): JsonPlaces {
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  const twice: JsonPath[] = [];
  let at = 0;

  const fail = (wanted: string): never => {
    const found = at >= text.length ? 'the text ends' : `there is ${JSON.stringify([...text.slice(at)][0])}`;
    throw new NotJson(`it is no JSON: ${found} where ${wanted} has to be`, placeAt(text, at));
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  /** What follows the spaces. */
  const next = (): string | undefined => {
    take(SPACE);
    return text[at];
  };
  const key = (path: JsonPath): JsonPath => {
    const start = at;
    const name = take(STRING) ?? fail('a key in double quotes');
    const member = [...path, String(JSON.parse(name))];
    if (keys.has(idOf(member))) twice.push(member);
    keys.set(idOf(member), start);
    if (next() !== ':') fail('":"');
    at += 1;
    return member;
  };
  const members = (path: JsonPath, close: '}' | ']') => {
    at += 1;
    if (next() === close) {
      at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      next();
      value(close === '}' ? key(path) : [...path, index]);
      const end = next();
      if (end !== close && end !== ',') fail(`"," or "${close}"`);
      at += 1;
      if (end === close) return;
    }
  };
  const value = (path: JsonPath): void => {
    const first = next();
    values.set(idOf(path), at);
    if (path.length > MAX_DEPTH) fail('something less deep');
    if (first === '{') members(path, '}');
    else if (first === '[') members(path, ']');
    else if (first === '"') take(STRING) ?? fail('a string that ends on its line');
    else take(LITERAL) ?? fail('a value');
  };
  value([]);
  if (next() !== undefined) fail('the end');

  const valueAt = (path: JsonPath): Place => {
    for (let length = path.length; length > 0; length -= 1) {
      const offset = values.get(idOf(path.slice(0, length)));
      if (offset !== undefined) return placeAt(text, offset);
    }
    return placeAt(text, values.get(idOf([])) ?? 0);
  };
  return {
    valueAt,
    keyAt: (path) => {
      const offset = keys.get(idOf(path));
      return offset === undefined ? valueAt(path) : placeAt(text, offset);
    },
    twice,
  };
}

function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function idOf(path: JsonPath): string {
  return JSON.stringify(path);
}
