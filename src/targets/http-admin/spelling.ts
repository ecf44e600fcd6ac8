import { isIP, SocketAddress } from 'node:net';

/**
 * An address or a range as everybody else here spells it, whatever a system makes of what it is given:
 * `203.0.113.7/32` is `203.0.113.7`, and `2001:0db8::7` is `2001:db8::7`. What is neither stays as it is.
 */
export function canonical(spelling: string): string {
  const [address = '', bits, ...more] = spelling.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0 || address.includes('%')) return spelling;
  const width = version === 4 ? 32 : 128;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return spelling;
  const plain = new SocketAddress({ address, family: version === 4 ? 'ipv4' : 'ipv6' }).address;
  return bits === undefined || Number(bits) === width ? plain : `${plain}/${bits}`;
}
