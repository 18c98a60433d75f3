/** The members of an input that a part of its schema names, those that are undefined left out. */
export function pickInput<Part extends object, Input extends Partial<Record<keyof Part, unknown>>>(
  part: Part,
  input: Input,
): Pick<Input, keyof Part & keyof Input> {
  const picked = { ...input };
  for (const key of Object.keys(picked)) {
    if (!Object.hasOwn(part, key) || Reflect.get(picked, key) === undefined)
      Reflect.deleteProperty(picked, key);
  }
  return picked;
}
