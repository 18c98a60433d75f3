/** A copy of plain data that nobody can change, so that it can be handed out without another copy. */
export function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // Dates cannot be frozen, and nobody changes one.
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as Value;
  const copy = { ...value };
  for (const key in copy) copy[key] = frozen(copy[key]);
  return Object.freeze(copy);
}
