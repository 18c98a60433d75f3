import { BlockList, isIP } from 'node:net';
import { invalidPattern } from './invalid.ts';
import { onText } from './text.ts';
import type { ValueTest } from './value-test.ts';

/** `{"cidr": "10.0.0.0/24"}`, also IPv6. */
export function cidr(operand: unknown): ValueTest {
  if (typeof operand !== 'string') throw invalidPattern('cidr match pattern must be a string');
  const [address = '', bits, ...rest] = operand.split('/');
  if (bits === undefined || rest.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  if (!/^\d{1,3}$/.test(bits)) throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const family = familyOf(address);
  if (!family) throw invalidPattern(`Nonstandard IP address: ${address}`);
  const width = family === 'ipv4' ? 32 : 128;
  if (Number(bits) > width) {
    throw invalidPattern(`${family === 'ipv4' ? 'IPv4' : 'IPv6'} mask bits must be < ${width + 1}`);
  }
  const subnet = new BlockList();
  subnet.addSubnet(address, Number(bits), family);
  return onText((text) => {
    const textFamily = familyOf(text);
    return textFamily !== undefined && subnet.check(text, textFamily);
  });
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  // A zone (fe80::1%eth0) is an address to Node, but not to a subnet.
  if (address.includes('%')) return undefined;
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
