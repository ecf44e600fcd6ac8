import { type Network, networkIn, overlaps } from './network.ts';

/** Addresses that nobody blocks, and what they are; who blocks one cuts off a machine of our own or everybody. */
const table: readonly (readonly [string, string])[] = [
  ['0.0.0.0/8', 'addresses that stand for no host'],
  ['10.0.0.0/8', 'private addresses'],
  ['100.64.0.0/10', 'addresses that providers share'],
  ['127.0.0.0/8', 'the machine itself'],
  ['169.254.169.254/32', 'the metadata service of the cloud'],
  ['169.254.0.0/16', 'link-local addresses'],
  ['172.16.0.0/12', 'private addresses'],
  ['192.0.0.0/24', 'addresses kept for protocols'],
  ['192.168.0.0/16', 'private addresses'],
  ['168.63.129.16/32', 'the metadata service of the cloud'],
  ['198.18.0.0/15', 'addresses for measurements'],
  ['224.0.0.0/4', 'multicast addresses'],
  ['240.0.0.0/4', 'reserved addresses, with the broadcast address'],
  ['::ffff:0:0/96', 'IPv4 addresses written as IPv6; write the IPv4 address itself'],
  ['64:ff9b::/96', 'translated IPv4 addresses; write the IPv4 address itself'],
  ['64:ff9b:1::/48', 'translated IPv4 addresses; write the IPv4 address itself'],
  ['::/8', 'addresses that stand for no host, with the machine itself'],
  ['2001::/32', 'tunnels for IPv4 addresses; write the IPv4 address itself'],
  ['2002::/16', 'tunnels for IPv4 addresses; write the IPv4 address itself'],
  ['fd00:ec2::254/128', 'the metadata service of the cloud'],
  ['fc00::/7', 'private addresses'],
  ['fe80::/10', 'link-local addresses'],
  ['fec0::/10', 'private addresses'],
  ['ff00::/8', 'multicast addresses'],
];

interface Kept {
  text: string;
  what: string;
  network: Network;
}

const keptIn = (text: string, what: string): Kept[] => {
  const network = networkIn(text);
  return network ? [{ text, what, network }] : [];
};

const never: readonly Kept[] = table.flatMap(([text, what]) => keptIn(text, what));

/** Why this is never blocked, whatever the target; null when it may be. Overlapping counts in either direction. */
export function whyNever(network: Network): string | null {
  const found = never.find((kept) => overlaps(kept.network, network));
  return found ? `${found.text} is never blocked: ${found.what}` : null;
}

/** Why this target’s own protected ranges forbid it; null when they do not. One that cannot be read forbids all. */
export function whyProtected(network: Network, ranges: readonly string[]): string | null {
  const unreadable = ranges.find((text) => networkIn(text) === null);
  if (unreadable !== undefined) {
    return `the protected range ${unreadable} of the configuration cannot be read, so nothing is blocked`;
  }
  const found = ranges.find((text) => {
    const range = networkIn(text);
    return range !== null && overlaps(range, network);
  });
  return found === undefined ? null : `${found} is protected by the configuration`;
}
