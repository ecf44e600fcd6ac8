import { err, ok, type Result } from '../../core/result.ts';
import { integerOf, type Network, networkAt, prefixIn, spell, widthOf } from './network.ts';
import { whyNever } from './never.ts';

/** The widest range that may be blocked: 256 addresses of IPv4, one network of a customer of IPv6. */
const widest = { 4: 24, 6: 48 } as const;

/**
 * Reads an address or a range in the one canonical spelling: what a person means, a log says and a
 * system blocks must be the same, and `010.8.8.8`, `0x7f.1` or `2130706433` mean different things in
 * different places. Threat: the foot-guns of `iptables -A INPUT -s`, runbooks 000 and 003.
 *
 * @returns the network, or a clause for people that says why not.
 */
export function readAddress(text: string): Result<Network, string> {
  const read = parse(text);
  if (!read.ok) return read;
  const { network, value } = read.value;
  const why = whyNotBlocked(network) ?? whyOtherSpelling(text, network, value);
  return why === null ? ok(network) : err(why);
}

/** The same for what may be taken off a list: that can be anything that somebody has put there. */
export function readListed(text: string): Result<Network, string> {
  const read = parse(text);
  if (!read.ok) return read;
  const why = whyOtherSpelling(text, read.value.network, read.value.value);
  return why === null ? ok(read.value.network) : err(why);
}

/** What a text that looks like an address means; `value` is the address with its host bits. */
function parse(text: string): Result<{ network: Network; value: bigint }, string> {
  const odd = whyOdd(text);
  if (odd !== null) return err(odd);
  const [address = '', bits] = text.split('/');
  const found = integerOf(address);
  if (!found) return err(whyNoAddress(address));
  const width = widthOf(found.version);
  const prefix = bits === undefined ? width : prefixIn(bits);
  if (prefix === null || prefix > width) {
    return err(
      `after the slash comes a number of bits up to ${width}, such as /${widest[found.version]}`,
    );
  }
  const { version, value } = found;
  return ok({ network: networkAt(version, value, prefix), value });
}

function whyNotBlocked(network: Network): string | null {
  const { version, prefix } = network;
  if (prefix === 0) return 'that is every address there is';
  if (prefix < widest[version]) {
    return `a range wider than /${widest[version]} is never blocked; block smaller ones`;
  }
  return whyNever(network);
}

function whyOtherSpelling(text: string, network: Network, value: bigint): string | null {
  const canonical = spell(network);
  if (text === canonical) return null;
  if (value !== network.first) {
    return `it has bits after the first ${network.prefix}; the range is ${canonical}`;
  }
  return `it has one spelling only; write ${canonical}`;
}

/** What no address has, in the order in which it is said. */
const odds: readonly (readonly [RegExp, string])[] = [
  [/^$/, 'there is no address'],
  [/^[\s\S]{51,}$/, 'that is too long for an address'],
  [/[^\x21-\x7e]/, 'an address has no spaces and only plain letters and digits'],
  [/:\/\//, 'write the address alone, not a link'],
  [/@/, 'that is no address of a computer'],
  [/%/, 'an address with a zone is not one that can be blocked; leave out % and what follows'],
  [/[[\]]|^[\d.]+:\d*$/, 'write the address alone, without brackets and port'],
  [
    /,|;|-/,
    'one address or range at a time; a range is written with a slash, such as 203.0.113.0/28',
  ],
  [/\/.*[/.:]/, 'after the slash comes the number of bits, such as 203.0.113.0/28'],
];

const whyOdd = (text: string): string | null => odds.find(([odd]) => odd.test(text))?.[1] ?? null;

/** Spellings that some systems take for another address than others do. */
const legacy = /^(?:0x[\da-f]+|\d+)(?:\.(?:0x[\da-f]+|\d+)){0,3}\.?$/i;

const whyNoAddress = (text: string): string =>
  legacy.test(text)
    ? 'write four decimal numbers from 0 to 255, without zeros in front, such as 203.0.113.7'
    : 'that is no address; one looks like 203.0.113.7 or 2001:db8::7';
