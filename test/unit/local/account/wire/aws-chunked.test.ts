import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unframe } from '../../../../../local/account/wire/aws-chunked.ts';

const STREAMING = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
const code = (expected: string) => expect.objectContaining({ code: expected });

function frame(chunks: readonly Uint8Array[], { signed = false, trailer = '' } = {}): Buffer {
  const parts = [...chunks.filter(({ length }) => length > 0), new Uint8Array()].flatMap((chunk) => [
    `${chunk.length.toString(16)}${signed ? `;chunk-signature=${'0'.repeat(64)}` : ''}\r\n`,
    chunk,
    chunk.length > 0 ? '\r\n' : `${trailer}\r\n`,
  ]);
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

describe('unframe', () => {
  it('leaves a body without framing as it is', () => {
    const [headers, body] = [{ 'content-encoding': 'gzip' }, Buffer.from('5\r\nhello\r\n0\r\n\r\n')];
    expect(unframe(headers, body)).toEqual({ headers, body });
  });

  it('takes chunks apart, signed or not', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), fc.boolean(), (chunks, signed) => {
        const { body } = unframe(STREAMING, frame(chunks, { signed }));
        expect(body).toEqual(Buffer.concat(chunks));
      }),
    );
  });

  it('makes trailers headers, and says of what length and encoding the content is', () => {
    const headers = {
      ...STREAMING,
      'content-encoding': 'gzip,aws-chunked',
      'x-amz-decoded-content-length': '5',
    };
    const trailer = 'x-amz-checksum-crc32:NhCmhg==\r\nother:x\r\n';
    const read = unframe(headers, frame([Buffer.from('hello')], { trailer }));
    expect(read.headers).toEqual({
      ...STREAMING,
      'content-encoding': 'gzip',
      'content-length': '5',
      'x-amz-decoded-content-length': '5',
      'x-amz-checksum-crc32': 'NhCmhg==',
    });
  });

  it.each([
    ['nothing', ''],
    ['no end of line', '5'],
    ['a chunk that is cut off', '5\r\nhel'],
    ['no last chunk', '5\r\nhello\r\n'],
  ])('refuses %s', (_what, body) => {
    expect(() => unframe(STREAMING, Buffer.from(body))).toThrow(code('IncompleteBody'));
  });

  it('refuses sizes that are none, and another length than was said', () => {
    for (const body of ['xyz\r\n', '-1\r\n', '123456789\r\n']) {
      expect(() => unframe(STREAMING, Buffer.from(body))).toThrow(code('InvalidChunkSizeError'));
    }
    const headers = { ...STREAMING, 'x-amz-decoded-content-length': '6' };
    expect(() => unframe(headers, frame([Buffer.from('hello')]))).toThrow(code('IncompleteBody'));
  });
});
