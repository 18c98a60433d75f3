import { CliError } from '../cli-error.ts';
import type { Origin } from '../explain/event-from.ts';
import { jsonOr } from '../json-or.ts';
import { eventsIn, eventsInLine, Unreadable } from './event-forms.ts';

/** As much as is read to tell lines from one large document. */
const HEAD_BYTES = 64 * 1024;
const WHOLE_BYTES = 16 * 1024 * 1024;
/** Lines that are made of a document go on in pieces of this size. */
const PIECE_CHARACTERS = 256 * 1024;
const NEWLINE = 0x0a;

/** `{` or `[` alone: a document that somebody has laid out over many lines. */
const LAID_OUT = /^\s*(\{|\[|\[\s*\{|\{\s*"\w+":\s*[[{])\s*$/;

interface Named {
  readonly name: string;
  readonly origin: Origin;
  /** A JSON document of more is not read as one. @default 16 MiB */
  readonly wholeBytes?: number | undefined;
}

/**
 * Lines as they are; a small JSON document as lines, one for each event: it is what the AWS CLI prints, and what people
 * have first.
 * @throws CliError NOT_LINES, NOT_UTF8
 */
export async function* asLines(
  bytes: AsyncIterable<Buffer>,
  { name, origin, wholeBytes = WHOLE_BYTES }: Named,
): AsyncGenerator<Buffer> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    const head = new Head(pieces);
    await head.readTo(HEAD_BYTES);
    refuseUtf16(head.bytes, name);
    const line = head.firstLine();
    if (!isDocument(line ?? head.text(), { name, origin })) {
      yield* head.all();
      return;
    }
    await head.readTo(wholeBytes);
    // What is no JSON is read line by line after all, and each line that is none is named.
    const content = head.isWhole ? jsonOr(head.text(), undefined) : undefined;
    if (content !== undefined) yield* linesOf(content, origin);
    else if (!head.isWhole && line !== undefined && LAID_OUT.test(line)) throw notLines(name);
    else yield* head.all();
  } finally {
    await pieces.return?.();
  }
}

/** Whether it begins as JSON does, and what should be a line is only the beginning of it. */
function isDocument(line: string, { origin }: Named): boolean {
  if (!/^\s*[[{]/.test(line)) return false;
  try {
    eventsInLine(line, origin);
    return false;
  } catch (error) {
    if (error instanceof Unreadable) return true;
    throw error;
  }
}

function* linesOf(content: unknown, origin: Origin): Generator<Buffer> {
  let text = '';
  for (const event of eventsOf(content, origin)) {
    text += `${JSON.stringify(event)}\n`;
    if (text.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** What is no event is told by its place in the list. */
function eventsOf(content: unknown, origin: Origin): readonly unknown[] {
  if (Array.isArray(content)) return content;
  try {
    return eventsIn(content, origin);
  } catch (error) {
    if (error instanceof Unreadable) return [content];
    throw error;
  }
}

function refuseUtf16(head: Buffer, name: string): void {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    throw new CliError('NOT_UTF8', `${name} is UTF-16, as PowerShell writes it: iconv -f utf-16 -t utf-8`);
}

export function notLines(name: string): CliError {
  return new CliError(
    'NOT_LINES',
    `${name} has to hold one event a line (jq -c '.events[]' file.json > events.jsonl, or '.[]' where it is a list)`,
  );
}

/** The beginning of what is read. */
class Head {
  readonly #pieces: AsyncIterator<Buffer>;
  bytes: Buffer = Buffer.alloc(0);
  /** There is no more than was read. */
  isWhole = false;

  constructor(pieces: AsyncIterator<Buffer>) {
    this.#pieces = pieces;
  }

  async readTo(length: number): Promise<void> {
    const read = [this.bytes];
    let size = this.bytes.length;
    while (size < length && !this.isWhole) {
      const { value, done } = await this.#pieces.next();
      if (done) this.isWhole = true;
      else {
        read.push(Buffer.from(value));
        size += value.length;
      }
    }
    this.bytes = Buffer.concat(read);
  }

  text(): string {
    return this.bytes.toString('utf8').replace(/^\ufeff/, '');
  }

  /** The first line that is not blank; undefined: it has no end as yet. */
  firstLine(): string | undefined {
    for (let from = 0; from < this.bytes.length; ) {
      const end = this.bytes.indexOf(NEWLINE, from);
      if (end < 0) return undefined;
      const line = this.bytes.toString('utf8', from, end).replace(/^\ufeff/, '');
      if (line.trim() !== '') return line;
      from = end + 1;
    }
    return undefined;
  }

  async *all(): AsyncGenerator<Buffer> {
    if (this.bytes.length > 0) yield this.bytes;
    for (let next = await this.#pieces.next(); !next.done; next = await this.#pieces.next()) yield next.value;
  }
}
