import { isIPv4, isIPv6 } from 'node:net';

/**
 * The canonical form of an IPv4 block, as EC2 stores it (`100.68.0.18/18` is `100.68.0.0/18`);
 * undefined for what is no block. A prefix length is required.
 */
export function canonicalIpv4(block: string): string | undefined {
  const parts = splitBlock(block, 32);
  if (!parts || !isIPv4(parts.address)) return undefined;
  const bits = ipv4ToNumber(parts.address);
  const mask = parts.prefix === 0 ? 0 : (0xffffffff << (32 - parts.prefix)) >>> 0;
  return `${numberToIpv4((bits & mask) >>> 0)}/${parts.prefix}`;
}

/** The canonical form of an IPv6 block: masked, lower case, the longest run of zeros as `::`; undefined for what is no block. */
export function canonicalIpv6(block: string): string | undefined {
  const parts = splitBlock(block, 128);
  if (!parts || !isIPv6(parts.address) || parts.address.includes('%')) return undefined;
  const shift = BigInt(128 - parts.prefix);
  const masked = (ipv6ToBigInt(parts.address) >> shift) << shift;
  const groups = masked.toString(16).padStart(32, '0').match(/.{4}/g) ?? [];
  return `${compressIpv6(groups.join(':'))}/${parts.prefix}`;
}

/** The address `offset` places after the start of an IPv4 block. */
export function addressIn(block: string, offset: number): string {
  return numberToIpv4((ipv4ToNumber(block.split('/')[0] ?? '') + offset) >>> 0);
}

/** Whether an IPv4 address, or the whole of a block, lies within a block. */
export function contains(block: string, inner: string): boolean {
  const prefix = Number(block.split('/')[1]);
  const [address = '', innerPrefix = '32'] = inner.split('/');
  return Number(innerPrefix) >= prefix && canonicalIpv4(`${address}/${prefix}`) === canonicalIpv4(block);
}

/** How many addresses an IPv4 block has. */
export function sizeOf(block: string): number {
  return 2 ** (32 - Number(block.split('/')[1]));
}

function splitBlock(block: string, maximum: number): { address: string; prefix: number } | undefined {
  const match = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(block);
  const prefix = Number(match?.[2]);
  return match?.[1] !== undefined && prefix <= maximum ? { address: match[1], prefix } : undefined;
}

function ipv4ToNumber(address: string): number {
  return address.split('.').reduce((bits, part) => bits * 256 + Number(part), 0);
}

function numberToIpv4(bits: number): string {
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}

function ipv6ToBigInt(address: string): bigint {
  // The URL parser writes every spelling (embedded IPv4, upper case) in one form.
  const [head = '', tail] = compressIpv6(address).split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  return BigInt(`0x${[...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('')}`);
}

function compressIpv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
