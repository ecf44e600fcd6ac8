import { afterEach, expect, test } from 'vitest';
import { Secret } from '../../../src/core/secret.ts';
import { canonical } from '../../../src/targets/http-admin/spelling.ts';
import { httpAdmin } from '../../../src/targets/http-admin.ts';
import { realClock } from '../../support/clock.ts';
import { httpServer } from '../../support/local-server.ts';

const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});
const never = new AbortController().signal;

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7/32', '203.0.113.7'],
  ['203.0.113.0/24', '203.0.113.0/24'],
  ['2001:0DB8:0:0::7', '2001:db8::7'],
  ['2001:db8::7/128', '2001:db8::7'],
  ['2001:0db8:5::/56', '2001:db8:5::/56'],
  ['010.8.8.8', '010.8.8.8'],
  ['203.0.113.7/+32', '203.0.113.7/+32'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['localhost', 'localhost'],
])('%s is spelt %s', (spelling, expected) => {
  expect(canonical(spelling)).toBe(expected);
});

test('what a system spells in its own way is found and taken off again, and nothing else is', async () => {
  let spelt = ['203.0.113.7/32', '2001:0db8::7', '203.0.113.77'];
  const server = await httpServer((request, response) => {
    if (request.method === 'DELETE') {
      const gone = decodeURIComponent((request.url ?? '').slice('/admin/deny/'.length));
      spelt = spelt.filter((one) => one !== gone);
    }
    const addresses = spelt.map((address) => ({ address, until: null, reason: null }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ addresses }));
  });
  undo.push(server.stop);
  const options = httpAdmin.options.parse({
    url: `http://127.0.0.1:${server.port}`,
    token: new Secret('a-token-of-the-tests'),
  });
  const target = { service: 'rms-auth', env: 'prod' };
  const offer = await httpAdmin.open(options, target, { clock: realClock });
  undo.push(offer.close);
  const { denyList } = offer.capabilities;
  const listed = async () => (await denyList?.entries(never))?.map(({ address }) => address);
  expect(await listed()).toEqual(['203.0.113.7', '2001:db8::7', '203.0.113.77']);
  await denyList?.allow('203.0.113.7', never);
  await denyList?.allow('2001:db8::7', never);
  expect(spelt).toEqual(['203.0.113.77']);
});
