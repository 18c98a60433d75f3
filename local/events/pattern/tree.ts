import { invalidPattern } from './invalid.ts';
import { compileLeaf, type Leaf, RESERVED_NAMES } from './leaf.ts';

/** A compiled object of a pattern: all fields and, of each `$or`, one branch must match. */
export interface Branch {
  readonly fields: readonly Field[];
  readonly alternatives: ReadonlyArray<readonly Branch[]>;
}

export type Field =
  | { readonly name: string; readonly branch: Branch }
  | { readonly name: string; readonly leaf: Leaf; readonly path: readonly string[] };

interface Place {
  readonly path: readonly string[];
  readonly insideOr: boolean;
}

/** Compiles one object of a pattern. */
export function compileBranch(pattern: object, place: Place = { path: [], insideOr: false }): Branch {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw invalidPattern('Empty objects are not allowed');
  const fields: Field[] = [];
  const alternatives: (readonly Branch[])[] = [];
  for (const [name, value] of entries) {
    if (name === '$or') alternatives.push(compileOr(value, place.path));
    else fields.push(compileField(name, value, place));
  }
  return { fields, alternatives };
}

function compileField(name: string, value: unknown, { path, insideOr }: Place): Field {
  if (insideOr && RESERVED_NAMES.has(name)) {
    throw invalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
  }
  const here = [...path, name];
  if (Array.isArray(value)) return { name, path: here, leaf: compileLeaf(value) };
  if (typeof value !== 'object' || value === null) {
    throw invalidPattern(`"${name}" must be an object or an array`);
  }
  return { name, branch: compileBranch(value, { path: here, insideOr }) };
}

function compileOr(value: unknown, path: readonly string[]): Branch[] {
  if (!Array.isArray(value)) throw invalidPattern('It must be an Array followed with $or.');
  const branches = value.map((item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw invalidPattern('Only JSON object is allowed in array of $or relationship.');
    }
    return compileBranch(item, { path, insideOr: true });
  });
  if (branches.length < 2) throw invalidPattern('There must have at least 2 Objects in $or relationship.');
  return branches;
}
