import { z } from 'zod';
import { Secret } from '../core/secret.ts';

/** An address as the catalogue holds it: in plain sight, or behind a reference to a secret. */
export type Address = string | Secret;

/** The address in clear. Call it where it is used. */
export const reveal = (address: Address): string =>
  typeof address === 'string' ? address : address.reveal();

/**
 * The address of a system that is not a web page, by its protocols such as `redis:`. One with a
 * password in it must come from `env:NAME` or `file:PATH`, which the configuration turns into a
 * {@link Secret}. No message repeats the address.
 */
export const addressOf = (protocols: readonly string[]) =>
  z
    .union([z.string(), z.instanceof(Secret)], {
      error: 'expected an address, or env:NAME or file:PATH',
    })
    .refine((address) => protocols.includes(protocolOf(reveal(address)) ?? ''), {
      error: `expected an address that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
      abort: true,
    })
    .refine((address) => address instanceof Secret || new URL(address).password === '', {
      error: 'an address with a password must be given as env:NAME or file:PATH',
    });

function protocolOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).protocol : null;
}

/** Every name and number of this machine for itself. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])\.?$/;

/** Where an address leads, host and port in one spelling, without what it lets in by and what it asks for there. */
export function placeOf(address: Address, usualPort: number): string {
  const url = new URL(reveal(address));
  const host = (url.searchParams.get('host') ?? url.hostname).toLowerCase();
  if (host === '' || host.startsWith('/')) return `socket ${host || url.pathname}`;
  const port = url.searchParams.get('port') ?? (url.port || usualPort);
  return `${loopback.test(host) ? 'localhost' : host.replace(/\.$/, '')}:${port}`;
}
