import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { durationBetween } from '../../core/duration.ts';
import { Secret } from '../../core/secret.ts';

/** The capabilities that an admin API can have. */
export const adminCapabilities = [
  'accounts',
  'sessions',
  'denyList',
  'signingKeys',
  'maintenance',
  'rateLimit',
] as const;

const url = z
  .url({
    protocol: /^https?$/,
    error: 'expected an address that starts with https:// or http://',
    abort: true,
  })
  .refine((text) => {
    const { username, password, search, hash } = new URL(text);
    return `${username}${password}${search}${hash}` === '';
  }, 'an address must not hold a user name, a password, a query or a fragment')
  .refine(
    (text) => text.startsWith('https:') || isThisMachine(new URL(text).hostname),
    'the token would be sent in clear text: expected https:// for any other machine',
  )
  .describe('The address of the service; `/admin/…` is asked below it. No redirect is followed.');

const token = z
  .instanceof(Secret, { error: 'expected env:NAME or file:PATH: the token is a secret' })
  .refine((secret) => /^[\x21-\x7e]{16,512}$/.test(secret.reveal()), {
    error: 'expected a token of 16 to 512 visible characters',
  })
  .describe('The bearer token of the admin API, as `env:NAME` or `file:PATH`.');

const range = z.string().refine(isRange, 'expected an address or a range such as 10.0.0.0/8');

const words = (what: string) =>
  z
    .array(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, `expected the name of a ${what}`))
    .min(1)
    .max(20);

/** The section `http-admin` of an environment. */
export const httpAdminOptions = z.strictObject({
  url,
  token,
  offers: z
    .array(z.enum(adminCapabilities))
    .min(1)
    .default([...adminCapabilities])
    .describe('What the API can do.'),
  protected: z
    .array(range)
    .max(200)
    .default([])
    .describe(
      'Addresses and ranges that are never blocked: the proxies in front, the monitors, the office.',
    ),
  roles: words('role')
    .default(['readonly', 'user', 'admin'])
    .describe('The roles that an account can have, the most powerful last.'),
  presets: words('preset')
    .default(['normal', 'tight', 'emergency'])
    .describe('The presets of the rate limit: the usual one first, then stricter and stricter.'),
  tokens_outlive: durationBetween('1s', '30d')
    .optional()
    .describe(
      'How long an access token goes on being accepted after its session has ended; without it, it ends with it.',
    ),
});

/** The section `http-admin`, as the schema parsed it. */
export type HttpAdminOptions = z.infer<typeof httpAdminOptions>;

function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const most = isIP(address) === 6 ? 128 : 32;
  const sized = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
  return isIP(address) !== 0 && sized && more.length === 0;
}

function isThisMachine(hostname: string): boolean {
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  return hostname === 'localhost' || hostname === '[::1]' || loopback.check(hostname, 'ipv4');
}
