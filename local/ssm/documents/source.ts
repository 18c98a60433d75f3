import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
} from 'yaml';
import type { JsonObject } from '../../service.ts';
import { isJsonObject } from '../tags/request.ts';
import type { Fault, Finding, Path } from './fault.ts';
import type { DocumentFormat } from './parse-content.ts';

const MAX_ALIASES = 100;
const MAX_DEPTH = 50;
const TOO_DEEP = `It is nested more than ${MAX_DEPTH} levels deep`;
const MAX_SYNTAX_FAULTS = 20;
/** Keys that would reach an object's prototype wherever values are copied by assignment. */
const DANGEROUS_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** A document's text as data, which knows where in the text each of its parts is. */
export interface Source {
  /** Undefined: the text does not parse, or is no map. */
  readonly content: JsonObject | undefined;
  readonly faults: readonly Fault[];
  locate(finding: Finding): Fault;
}

/** Reads a document; never throws. */
export function readSource(text: string, format: DocumentFormat): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const locate = (finding: Finding): Fault => {
    const { message, code, severity = 'error' } = finding;
    return { message, ...position(lines, offsetOf(document, finding)), code, severity };
  };
  const syntax = format === 'JSON' ? jsonFaults(text) : yamlFaults(document, lines);
  if (syntax.some(({ severity }) => severity === 'error'))
    return { content: undefined, faults: syntax, locate };
  const { content, findings } = toContent(document, format === 'JSON' ? text : undefined);
  return { content, faults: [...syntax, ...findings.map(locate)], locate };
}

function yamlFaults(document: Document, lines: LineCounter): Fault[] {
  // The parser's own end, after which it says much that does not matter.
  const tooDeep = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (tooDeep !== undefined) {
    return [{ message: TOO_DEEP, ...position(lines, tooDeep.pos[0]), code: 'TooDeep', severity: 'error' }];
  }
  return document.errors.slice(0, MAX_SYNTAX_FAULTS).map((error) => ({
    message: `The document is not YAML: ${error.message.replace(/\.$/, '')}`,
    ...position(lines, error.pos[0]),
    code: 'InvalidSyntax',
    // The later of two equal keys counts.
    severity: error.code === 'DUPLICATE_KEY' ? 'warning' : 'error',
  }));
}

function jsonFaults(text: string): Fault[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const [, line, column] = /line (\d+) column (\d+)/.exec(reason) ?? [];
    const rows = /end of JSON/.test(reason) ? text.split('\n') : [''];
    return [
      {
        message: `The document is not JSON: ${reason}`,
        line: Number(line ?? rows.length),
        column: Number(column ?? (rows.at(-1)?.length ?? 0) + 1),
        code: 'InvalidSyntax',
        severity: 'error',
      },
    ];
  }
}

function toContent(
  document: Document,
  json: string | undefined,
): { content: JsonObject | undefined; findings: Finding[] } {
  const findings: Finding[] = [];
  let value: unknown;
  try {
    value = json === undefined ? document.toJS({ maxAliasCount: MAX_ALIASES }) : JSON.parse(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isBomb = /alias count/i.test(reason);
    const message = isBomb
      ? `Its YAML aliases (*name) multiply into more than ${MAX_ALIASES} copies. Write out what they stand for`
      : `The document can't be read: ${reason}`;
    return { content: undefined, findings: [{ path: [], message, code: 'InvalidSyntax' }] };
  }
  checkKeys(value, [], findings);
  if (!isJsonObject(value)) {
    findings.push({
      path: [],
      message: 'The document is not an object with schemaVersion and mainSteps at its top',
      code: 'InvalidShape',
    });
  }
  return { content: findings.length === 0 && isJsonObject(value) ? value : undefined, findings };
}

function checkKeys(value: unknown, path: Path, findings: Finding[]): void {
  if (typeof value !== 'object' || value === null || findings.length > 0) return;
  if (path.length > MAX_DEPTH) {
    findings.push({ path, message: TOO_DEEP, code: 'TooDeep' });
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const inner = [...path, Array.isArray(value) ? Number(key) : key];
    if (DANGEROUS_KEYS.has(key)) {
      findings.push({ path: inner, on: 'key', message: `The key ${key} is not allowed`, code: 'InvalidKey' });
    }
    checkKeys(member, inner, findings);
  }
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Where the innermost part of a path that is in the text begins. */
function offsetOf(document: Document, { path, on = 'value' }: Finding): number {
  let node: unknown = document.contents;
  let offset = start(node) ?? 0;
  for (const [index, segment] of path.entries()) {
    const resolved: unknown = isAlias(node) ? node.resolve(document) : node;
    if (!isCollection(resolved)) break;
    const found = member(resolved, segment);
    if (found === undefined) break;
    node = found.value;
    const wantsKey = (on === 'key' && index === path.length - 1) || start(node) === undefined;
    offset = (wantsKey ? start(found.key) : start(node)) ?? offset;
  }
  return offset;
}

function member(collection: Node, segment: string | number): { key: unknown; value: unknown } | undefined {
  if (isSeq(collection)) {
    const value = collection.items[Number(segment)];
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(collection)) return undefined;
  const pair = collection.items.findLast(
    ({ key }) => String(isScalar(key) ? key.value : key) === String(segment),
  );
  return pair && { key: pair.key, value: pair.value };
}

function start(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
