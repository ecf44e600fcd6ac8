import ipaddr from 'ipaddr.js';

/** An address, or all addresses that begin with the same bits, as integers. */
export interface Network {
  version: 4 | 6;
  first: bigint;
  last: bigint;
  /** How many bits they have in common: 32 or 128 for one address. */
  prefix: number;
}

/** Whether an address is in both. */
export const overlaps = (one: Network, other: Network): boolean =>
  one.version === other.version && one.first <= other.last && other.first <= one.last;

/** Four decimal numbers up to 255, without zeros in front: everything else that looks like it means something else somewhere. */
const four = /^(?:(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])(?:\.(?!$)|$)){4}$/;

/** The integer of an address; null when it is none. IPv6 may be spelt in any way that means one address. */
export function integerOf(text: string): { version: 4 | 6; value: bigint } | null {
  if (four.test(text)) return { version: 4, value: joined(text.split('.').map(Number)) };
  if (!/^[\da-f:.]{2,45}$/i.test(text) || !text.includes(':') || !ipaddr.IPv6.isValid(text)) {
    return null;
  }
  return { version: 6, value: joined(ipaddr.IPv6.parse(text).toByteArray()) };
}

const joined = (bytes: readonly number[]): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

/** An address or a range, whatever its host bits; null when it is none. */
export function networkIn(text: string): Network | null {
  const [address = '', bits, ...rest] = text.split('/');
  const found = integerOf(address);
  if (!found || rest.length > 0) return null;
  const width = widthOf(found.version);
  const prefix = bits === undefined ? width : prefixIn(bits);
  return prefix === null || prefix > width ? null : networkAt(found.version, found.value, prefix);
}

/** How many bits an address has. */
export const widthOf = (version: 4 | 6): number => (version === 4 ? 32 : 128);

/** The number after the slash; null when it is none. */
export const prefixIn = (text: string): number | null =>
  /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : null;

/** All addresses that have their first `prefix` bits in common with this one. */
export function networkAt(version: 4 | 6, value: bigint, prefix: number): Network {
  const rest = BigInt(widthOf(version) - prefix);
  const first = (value >> rest) << rest;
  return { version, first, last: first + (1n << rest) - 1n, prefix };
}

/** The one spelling: four decimal numbers, or RFC 5952; a range with its number of bits. */
export function spell({ version, first, prefix }: Network): string {
  const bytes = Array.from({ length: widthOf(version) / 8 }, (_, at) =>
    Number((first >> BigInt(widthOf(version) - 8 * (at + 1))) & 255n),
  );
  const address = version === 4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
  return prefix === widthOf(version) ? address : `${address}/${prefix}`;
}
