import { ServiceDefinitionError } from './errors.ts';
import { at, isTree, type Tree } from './tree.ts';
import { type VariableContext, variableSources } from './variable-sources.ts';
import { findVariables, parseLiteral, splitFallbacks } from './variable-syntax.ts';

/** Replaces the variables of Serverless Framework in a tree. https://www.serverless.com/framework/docs/guides/variables */
export class VariableResolver {
  readonly #root: Tree;
  readonly #context: VariableContext;
  /** What is being resolved now: a variable that needs itself is found here. */
  readonly #open: string[] = [];

  constructor(root: Tree, context: Omit<VariableContext, 'self' | 'resolve' | 'pick'>) {
    this.#root = root;
    this.#context = {
      ...context,
      self: (address, place) => this.pick(this.#root, address, place),
      resolve: (value, place) => this.resolve(value, place),
      pick: (value, address, place) => this.pick(value, address, place),
    };
  }

  /** @throws ServiceDefinitionError for a variable that has no value and no fallback */
  resolve(value: unknown, place: string): unknown {
    if (typeof value === 'string') return this.#resolveText(value, place);
    if (Array.isArray(value)) return value.map((item, index) => this.resolve(item, at(place, index)));
    if (!isTree(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.resolve(item, at(place, key))]),
    );
  }

  /** The value at `a.b.0.c` of an unresolved tree, resolved; undefined where there is none. */
  pick(value: unknown, address: string, place: string): unknown {
    let current = value;
    for (const key of address === '' ? [] : address.split('.')) {
      // A variable may stand in the middle of the way: `custom: ${file(custom.yml)}`.
      const here = typeof current === 'string' ? this.#resolveText(current, place) : current;
      if (Array.isArray(here)) current = here[Number(key)];
      else if (isTree(here) && Object.hasOwn(here, key)) current = here[key];
      else return undefined;
    }
    return this.resolve(current, place);
  }

  #resolveText(text: string, place: string): unknown {
    const variables = findVariables(text, place);
    const [first] = variables;
    if (first === undefined) return text;
    if (first.start === 0 && first.end === text.length) return this.#evaluate(first.expression, place);
    let result = '';
    let position = 0;
    for (const variable of variables) {
      const value = this.#evaluate(variable.expression, place);
      if (isTree(value) || Array.isArray(value) || value === null) {
        throw new ServiceDefinitionError(
          place,
          `\${${variable.expression}} is not text, so it cannot stand inside a text`,
        );
      }
      result += text.slice(position, variable.start) + String(value);
      position = variable.end;
    }
    return result + text.slice(position);
  }

  #evaluate(expression: string, place: string): unknown {
    if (this.#open.includes(expression)) {
      throw new ServiceDefinitionError(place, `\${${expression}} needs itself to be resolved`);
    }
    this.#open.push(expression);
    try {
      for (const [index, candidate] of splitFallbacks(expression).entries()) {
        const value = this.#evaluateCandidate(candidate, index > 0, place);
        if (value !== undefined) return value;
      }
    } finally {
      this.#open.pop();
    }
    throw new ServiceDefinitionError(place, `\${${expression}} has no value`);
  }

  #evaluateCandidate(candidate: string, isFallback: boolean, place: string): unknown {
    const literal = isFallback ? parseLiteral(candidate) : undefined;
    if (literal !== undefined) return literal.value;
    const text = this.#resolveText(candidate, place);
    if (candidate.startsWith('${') && text !== candidate) return text;
    const parts = /^([a-z][a-zA-Z]*)(?:\((.*)\))?(?::(.*))?$/s.exec(String(text));
    const name = parts?.[1] ?? '';
    const source = Object.hasOwn(variableSources, name) ? variableSources[name] : undefined;
    if (source === undefined) {
      throw new ServiceDefinitionError(
        place,
        `the variable '${candidate}' is not supported by the laptop's cloud`,
      );
    }
    return source(
      { parameter: parts?.[2]?.trim() ?? '', address: parts?.[3]?.trim() ?? '', place },
      this.#context,
    );
  }
}
