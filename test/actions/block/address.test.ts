import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAddress, readListed } from '../../../src/actions/block/address.ts';
import { spell } from '../../../src/actions/block/network.ts';
import { whyProtected } from '../../../src/actions/block/never.ts';

const decimal =
  'write four decimal numbers from 0 to 255, without zeros in front, such as 203.0.113.7';
const noAddress = 'that is no address; one looks like 203.0.113.7 or 2001:db8::7';
const alone = 'write the address alone, without brackets and port';
const plain = 'an address has no spaces and only plain letters and digits';
const one =
  'one address or range at a time; a range is written with a slash, such as 203.0.113.0/28';
const bits = 'after the slash comes the number of bits, such as 203.0.113.0/28';
const mapped = 'IPv4 addresses written as IPv6; write the IPv4 address itself';
const metadata = 'never blocked: the metadata service of the cloud';

test.each([
  ['127.1', decimal],
  ['127.0.1', decimal],
  ['0x7f.0.0.1', decimal],
  ['0x7f000001', decimal],
  ['0X7F.1', decimal],
  ['0177.0.0.1', decimal],
  ['010.8.8.8', decimal],
  ['203.0.113.07', decimal],
  ['2130706433', decimal],
  ['017700000001', decimal],
  ['203.0.113', decimal],
  ['203.0.113.7.', decimal],
  ['203.0.113.256', decimal],
  ['203.0.113.7.1', noAddress],
  ['1e2.0.113.7', noAddress],
  ['+203.0.113.7', noAddress],
  ['evil.example', noAddress],
  ['2001:db8:::1', noAddress],
  ['203.0.113.7:443', alone],
  ['[2001:db8::1]:443', alone],
  ['[2001:db8::1]', alone],
  [' 203.0.113.7', plain],
  ['203.0.113.7\n', plain],
  ['203.0.113.7\u200b', plain],
  ['２０３.0.113.7', plain],
  ['203。0。113。7', plain],
  ['٢٠٣.0.113.7', plain],
  ['fe80::1%eth0', 'with a zone'],
  ['http://203.0.113.7', 'not a link'],
  ['root@203.0.113.7', 'no address of a computer'],
  ['203.0.113.7,203.0.113.8', one],
  ['203.0.113.0-203.0.113.9', one],
  ['203.0.113.7/-1', one],
  ['203.0.113.0/255.255.255.0', bits],
  ['203.0.113.0/24/24', bits],
  ['203.0.113.0/', 'a number of bits up to 32'],
  ['203.0.113.0/024', 'a number of bits up to 32'],
  ['203.0.113.0/33', 'a number of bits up to 32'],
  ['2001:db8::/129', 'a number of bits up to 128'],
  ['0.0.0.0/0', 'every address there is'],
  ['::/0', 'every address there is'],
  ['203.0.112.0/23', 'wider than /24'],
  ['2001:db8::/47', 'wider than /48'],
  ['203.0.113.7/28', 'the range is 203.0.113.0/28'],
  ['2001:db8::1/64', 'the range is 2001:db8::/64'],
  ['203.0.113.7/32', 'write 203.0.113.7'],
  ['2001:DB8::1', 'write 2001:db8::1'],
  ['2001:0db8::1', 'write 2001:db8::1'],
  ['2001:db8:0:0:0:0:0:1', 'write 2001:db8::1'],
  ['2001:db8::1:0:0:0:1', 'write 2001:db8:0:1::1'],
  ['2001:db8::1:1:1:1:1', 'write 2001:db8:0:1:1:1:1:1'],
  ['2001:db8::203.0.113.7', 'write 2001:db8::cb00:7107'],
  ['::ffff:203.0.113.7', mapped],
  ['::ffff:cb00:7107', mapped],
  ['::FFFF:127.0.0.1', mapped],
  ['::ffff:10.0.0.0/120', mapped],
  ['64:ff9b::10.0.0.1', 'translated IPv4 addresses'],
  ['64:ff9b::a00:1', 'translated IPv4 addresses'],
  ['2002:a00:1::', 'tunnels for IPv4 addresses'],
  ['2001:0:a00:1::', 'tunnels for IPv4 addresses'],
  ['127.0.0.1', 'the machine itself'],
  ['::1', 'the machine itself'],
  ['::', 'stand for no host'],
  ['::127.0.0.1', 'is never blocked'],
  ['0.0.0.0', 'stand for no host'],
  ['10.1.2.3', 'private addresses'],
  ['192.168.0.0/24', 'private addresses'],
  ['172.31.255.255', 'private addresses'],
  ['fd12:3456::1', 'private addresses'],
  ['169.254.1.1', 'link-local'],
  ['fe80::1', 'link-local'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['255.255.255.255', 'reserved'],
  ['169.254.169.254', metadata],
  ['169.254.169.0/24', metadata],
  ['fd00:ec2::254', metadata],
  ['168.63.129.16', metadata],
  ['168.63.129.0/24', metadata],
  ['', 'there is no address'],
  ['1'.repeat(1_000), 'too long'],
])('%j is refused: %s', (text, why) => {
  const read = readAddress(text);
  expect(read.ok ? `it was taken for ${spell(read.value)}` : read.error).toContain(why);
});

test.each([
  '203.0.113.7',
  '8.8.8.8',
  '203.0.113.0/24',
  '203.0.113.16/28',
  '203.0.113.6/31',
  '172.32.0.1',
  '2001:db8::1',
  '2001:db8:0:1:1:1:1:1',
  '2001:db8:0:1::1',
  '2001:db8::/48',
  '2606:4700::1111',
])('%s is taken as it is', (text) => {
  const read = readAddress(text);
  expect(read.ok && spell(read.value)).toBe(text);
});

test('what is on a list can be named there, also when nobody may put it there', () => {
  for (const text of ['10.0.0.0/8', '0.0.0.0/0', '127.0.0.1'])
    expect(readListed(text).ok).toBe(true);
  for (const text of ['127.1', '10.0.0.1/8', '::FFFF:1.2.3.4'])
    expect(readListed(text).ok).toBe(false);
});

/** First and last address of what is never blocked, worked out by hand. */
const never4: readonly (readonly [number, number])[] = [
  [0x00000000, 0x00ffffff],
  [0x0a000000, 0x0affffff],
  [0x64400000, 0x647fffff],
  [0x7f000000, 0x7fffffff],
  [0xa83f8110, 0xa83f8110],
  [0xa9fe0000, 0xa9feffff],
  [0xac100000, 0xac1fffff],
  [0xc0000000, 0xc00000ff],
  [0xc0a80000, 0xc0a8ffff],
  [0xc6120000, 0xc613ffff],
  [0xe0000000, 0xffffffff],
];

const quad = (value: number): number[] => [24, 16, 8, 0].map((by) => (value >>> by) & 255);
const hex = (value: number) => `0x${value.toString(16)}`;
const octal = (value: number) => `0${value.toString(8)}`;
const dotted = (value: number) => quad(value).join('.');

/** Every way in which somebody somewhere takes it for the same address. */
const spellings = (value: number): string[] => {
  const [a, b, c, d] = quad(value) as [number, number, number, number];
  const half = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  return [
    dotted(value),
    String(value),
    hex(value),
    octal(value),
    quad(value).map(hex).join('.'),
    quad(value).map(octal).join('.'),
    `${a}.${((b << 16) | (c << 8) | d) >>> 0}`,
    `${a}.${b}.${(c << 8) | d}`,
    quad(value)
      .map((part) => String(part).padStart(3, '0'))
      .join('.'),
    `::ffff:${dotted(value)}`,
    `::ffff:${half}`,
    `::${dotted(value)}`,
    `64:ff9b::${dotted(value)}`,
    `64:ff9b::${half}`,
    `2002:${half}::`,
    `2002:${half}::1`,
    `${dotted(value)}:80`,
    `${dotted(value)}.`,
    ` ${dotted(value)}`,
    `${dotted(value)}/32`,
    ...[31, 30, 28, 25, 24, 16, 8, 1, 0].map((n) => `${dotted(value)}/${n}`),
  ];
};

const inNever = fc
  .constantFrom(...never4)
  .chain(([first, last]) =>
    fc.oneof(fc.constantFrom(first, last), fc.integer({ min: first, max: last })),
  );
const anyAddress = fc.oneof(inNever, fc.integer({ min: 0, max: 0xffffffff }));
const isNever = (from: number, to: number) =>
  never4.some(([first, last]) => first <= to && from <= last);

test('an address that is never blocked is not taken in any spelling', () => {
  fc.assert(
    fc.property(inNever, (value) => {
      for (const text of spellings(value)) expect(readAddress(text).ok, text).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('whatever is taken is spelt in the one way, and is what a sum on integers says', () => {
  fc.assert(
    fc.property(anyAddress, fc.integer({ min: 20, max: 32 }), (value, prefix) => {
      const size = 2 ** (32 - prefix);
      const from = value - (value % size);
      const text = prefix === 32 ? dotted(value) : `${dotted(value)}/${prefix}`;
      const read = readAddress(text);
      const may = prefix >= 24 && from === value && !isNever(from, from + size - 1);
      expect(read.ok, text).toBe(may);
      if (!read.ok) return;
      expect(spell(read.value)).toBe(text);
      expect([read.value.first, read.value.last]).toEqual([BigInt(from), BigInt(from + size - 1)]);
    }),
    { numRuns: 1_000 },
  );
});

/** RFC 5952 by hand: the first of the longest runs of two or more zeros becomes `::`. */
function rfc5952(groups: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > best.length) best = { at, length };
  }
  const text = (some: readonly number[]) => some.map((one) => one.toString(16)).join(':');
  if (best.at < 0) return text(groups);
  return `${text(groups.slice(0, best.at))}::${text(groups.slice(best.at + best.length))}`;
}

const group = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  fc.integer({ min: 0, max: 0xffff }),
);
const global6 = fc
  .tuple(fc.integer({ min: 0x2003, max: 0x3fff }), fc.array(group, { minLength: 7, maxLength: 7 }))
  .map(([first, rest]) => [first, ...rest]);

test('of all spellings of an IPv6 address exactly the one of RFC 5952 is taken', () => {
  fc.assert(
    fc.property(global6, (groups) => {
      const canonical = rfc5952(groups);
      const read = readAddress(canonical);
      expect(read.ok && spell(read.value)).toBe(canonical);
      const long = groups.map((one) => one.toString(16).padStart(4, '0')).join(':');
      const loud = canonical.toUpperCase();
      const full = groups.map((one) => one.toString(16)).join(':');
      for (const other of [long, loud, full]) {
        expect(readAddress(other).ok, other).toBe(other === canonical);
      }
    }),
  );
});

test('no text at all breaks it, and what is taken is printed as it was read', () => {
  const odd = fc.string({
    unit: fc.constantFrom(...'0123456789abcdefxX.:/%[] -\u0661'),
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (text) => {
      const read = readAddress(text);
      if (read.ok) expect(spell(read.value)).toBe(text);
      else expect(read.error).not.toBe('');
    }),
    { numRuns: 2_000 },
  );
});

const read = (text: string) => {
  const found = readAddress(text);
  return found.ok ? found.value : expect.fail(found.error);
};

test('what the configuration protects is not blocked, whichever of the two is the wider', () => {
  expect(whyProtected(read('203.0.113.7'), ['203.0.113.0/28'])).toBe(
    '203.0.113.0/28 is protected by the configuration',
  );
  expect(whyProtected(read('203.0.113.0/28'), ['203.0.113.7'])).toContain('203.0.113.7 is');
  expect(whyProtected(read('203.0.113.7'), ['203.0.113.7/28'])).toContain('is protected');
  expect(whyProtected(read('2001:db8::/64'), ['2001:DB8::1'])).toContain('is protected');
  expect(whyProtected(read('203.0.113.16'), ['203.0.113.0/28', '2001:db8::/32'])).toBeNull();
});

test('a protected range that nobody can read forbids everything', () => {
  expect(whyProtected(read('203.0.113.7'), ['the office'])).toContain('cannot be read');
  expect(whyProtected(read('203.0.113.7'), ['010.0.0.0/8'])).toContain('cannot be read');
});
