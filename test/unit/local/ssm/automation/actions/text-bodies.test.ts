import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { withTextBodies } from '../../../../../../local/ssm/automation/actions/support/text-bodies.ts';

describe('the bodies of a response', () => {
  it('are text, whether they come as bytes or as a stream; other members stay', async () => {
    const response = {
      Body: Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')]),
      Payload: Buffer.from('ä'),
      ETag: 'x',
      Size: 7,
    };
    expect(await withTextBodies(response, 100)).toEqual({
      Body: '{"a":1}',
      Payload: 'ä',
      ETag: 'x',
      Size: 7,
    });
  });

  it('are in Base64 where they are no UTF-8', async () => {
    expect(await withTextBodies({ Blob: Uint8Array.of(0xff, 0xfe) }, 100)).toEqual({ Blob: '//4=' });
  });

  it('are read no further than the limit', async () => {
    let read = 0;
    const endless = Readable.from(
      (function* () {
        for (;;) {
          read += 1;
          yield Buffer.alloc(10, 'x');
        }
      })(),
    );
    const { Body: body } = await withTextBodies({ Body: endless }, 25);
    expect(String(body)).toHaveLength(30);
    expect(read).toBeLessThan(30);
    expect(endless.destroyed).toBe(true);
  });

  it('fail with the stream', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('reset'));
      },
    });
    await expect(withTextBodies({ Body: broken }, 100)).rejects.toThrow('reset');
  });
});
