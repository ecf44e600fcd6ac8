import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { createWebhookWay, isSafeAddress, signatureOf } from '../../src/notify/webhook.ts';

const page = {
  incident: 'INC-42',
  subject: 'SEV1 INC-42',
  text: 'Slack is away',
  key: 'INC-42/17',
};
const key = new Secret('the key of the webhook');

async function serverThat(answers: RequestListener) {
  const server = createServer(answers);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function wayTo(address: string, timeout = 2_000) {
  const addresses = { secondary: new Secret(address) };
  const way = createWebhookWay({ addresses, key, now: () => 1_700_000_000_999, timeout });
  onTestFinished(() => way.close());
  return way;
}

test('a page arrives as JSON, signed with its time, at the address with its query', async () => {
  const got: { url: string; body: string; headers: IncomingHttpHeaders }[] = [];
  const url = await serverThat((request, response) => {
    void text(request).then((body) => {
      got.push({ url: request.url ?? '', body, headers: request.headers });
      response.writeHead(204).end();
    });
  });
  await wayTo(`${url}/hook?token=abc`).send('secondary', page);
  expect(got).toHaveLength(1);
  const [{ url: path, body, headers } = { url: '', body: '', headers: {} }] = got;
  expect(path).toBe('/hook?token=abc');
  expect(JSON.parse(body)).toEqual(page);
  expect(headers['x-gatehouse-timestamp']).toBe('1700000000');
  const digest = createHmac('sha256', key.reveal()).update(`1700000000.${body}`).digest('hex');
  expect(headers['x-gatehouse-signature']).toBe(`v1=${digest}`);
  expect(signatureOf(new Secret('another'), 1_700_000_000, body)).not.toBe(
    headers['x-gatehouse-signature'],
  );
});

test('a redirect is not followed, and no other answer than 2xx counts as heard', async () => {
  let calls = 0;
  const url = await serverThat((request, response) => {
    calls += 1;
    if (request.url === '/moved') response.writeHead(307, { location: '/there' }).end();
    else response.writeHead(500).end('x'.repeat(1_000_000));
  });
  await expect(wayTo(`${url}/moved`).send('secondary', page)).rejects.toThrow('answered 307');
  expect(calls).toBe(1);
  await expect(wayTo(url).send('secondary', page)).rejects.toThrow('answered 500');
});

test('one that never answers is given up, and one that is not there is an error', async () => {
  const url = await serverThat(() => {});
  await expect(wayTo(url, 100).send('secondary', page)).rejects.toThrow();
  await expect(wayTo('http://127.0.0.1:1/').send('secondary', page)).rejects.toThrow();
  await expect(wayTo(url).send('nobody', page)).rejects.toThrow('no webhook called nobody');
});

test.each([
  ['https://example.com/hook', true],
  ['http://127.0.0.1:8080/hook', true],
  ['http://[::1]:8080/', true],
  ['http://localhost/', true],
  ['http://example.com/hook', false],
  ['http://127.0.0.1.example.com/', false],
  ['ftp://127.0.0.1/', false],
  ['https://user:pass@example.com/', false],
  ['file:///etc/passwd', false],
  ['not an address', false],
])('%s may be called: %s', (address, may) => {
  expect(isSafeAddress(address)).toBe(may);
});

test('nothing is sent to an address that is not safe', async () => {
  await expect(wayTo('http://example.com/').send('secondary', page)).rejects.toThrow(
    'neither https',
  );
});
