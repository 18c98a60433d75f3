import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressIn,
  canonicalIpv4,
  canonicalIpv6,
  contains,
  sizeOf,
} from '../../../../../../local/account/memory/ec2/cidr.ts';

describe('canonicalIpv4', () => {
  it.each([
    ['100.68.0.18/18', '100.68.0.0/18'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/0', '0.0.0.0/0'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['203.0.113.7/32', '203.0.113.7/32'],
  ])('%s is %s', (block, canonical) => expect(canonicalIpv4(block)).toBe(canonical));

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    '10.0.0.256/8',
    '::/0',
    '10.0.0.0/-1',
    '10.0.0.0/8 ',
    '',
    '/8',
  ])('refuses %j', (block) => expect(canonicalIpv4(block)).toBeUndefined());

  it('is idempotent and contains its address', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, prefix) => {
        const block = canonicalIpv4(`${address}/${prefix}`) ?? '';
        expect(canonicalIpv4(block)).toBe(block);
        expect(contains(block, address)).toBe(true);
      }),
    );
  });
});

describe('canonicalIpv6', () => {
  it.each([
    ['::/0', '::/0'],
    ['2001:DB8:0:0:0:0:0:1/128', '2001:db8::1/128'],
    ['2001:db8:ffff::1/32', '2001:db8::/32'],
    ['::ffff:192.0.2.1/128', '::ffff:c000:201/128'],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/1', '8000::/1'],
  ])('%s is %s', (block, canonical) => expect(canonicalIpv6(block)).toBe(canonical));

  it.each(['::', '::/129', '10.0.0.0/8', 'fe80::1%eth0/64', '1::2::3/64', '/0', '[::]/0'])(
    'refuses %j',
    (block) => expect(canonicalIpv6(block)).toBeUndefined(),
  );

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, prefix) => {
        const block = canonicalIpv6(`${address}/${prefix}`) ?? '';
        expect(block).not.toBe('');
        expect(canonicalIpv6(block)).toBe(block);
      }),
    );
  });
});

describe('blocks', () => {
  it('count and hold addresses', () => {
    expect(addressIn('10.0.0.0/16', 257)).toBe('10.0.1.1');
    expect(sizeOf('10.0.0.0/28')).toBe(16);
    expect(contains('10.0.0.0/16', '10.0.255.0/24')).toBe(true);
    expect(contains('10.0.0.0/16', '10.0.0.0/8')).toBe(false);
    expect(contains('10.0.0.0/16', '10.1.0.0/24')).toBe(false);
  });
});
