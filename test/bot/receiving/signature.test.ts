import { expect, test } from 'vitest';
import { checkSignature } from '../../../src/bot/receiving/signature.ts';

const now = 1_700_000_000;
const check = (at: number) => {
  const headers = { 'x-slack-request-timestamp': String(at), 'x-slack-signature': 'v0=00' };
  const found = checkSignature(headers, Buffer.from(''), 'secret', now * 1_000);
  return found.ok ? '' : found.error;
};

test('a request from another time is refused with how far the clocks are apart', () => {
  expect(check(now - 301)).toContain('signed 301 s ago');
  expect(check(now + 301)).toContain('signed 301 s ahead of this machine’s clock');
  for (const apart of [-300, 300]) expect(check(now + apart)).toBe('its signature is wrong');
});
