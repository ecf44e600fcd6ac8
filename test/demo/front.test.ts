import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createFront, type Front } from '../../demo/front/front.ts';
import { freePort } from '../support/free-port.ts';

const undo: (() => void)[] = [];
afterEach(() => {
  for (const end of undo.splice(0).reverse()) end();
});

/** A copy that answers with its name, or as it is told. */
async function copyOf(name: string, answer?: RequestListener) {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (answer) answer(request, response);
    else response.end(name);
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  undo.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { name, asked, port: (server.address() as AddressInfo).port };
}

/** A front, and how to let copies join it; they leave it again after the test. */
async function frontAt(port: number) {
  const front: Front = createFront(port);
  const join = ({ name, port }: { name: string; port: number }) => {
    const membership = front.join(name, port);
    undo.push(membership.gone);
    return membership;
  };
  const ask = (path = '/', init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers: { connection: 'close' } });
  return { front, join, ask };
}

const open = async () => frontAt(await freePort());
const connects = (ask: () => Promise<Response>) =>
  ask().then(
    () => 'answered',
    (error) => error.cause?.code,
  );

test('copies take turns, and one can be asked by its name', async () => {
  const { join, ask } = await open();
  const [one, two] = [await copyOf('one'), await copyOf('two')];
  join(one);
  join(two);
  const turns = [];
  for (let turn = 0; turn < 6; turn += 1) turns.push(await (await ask('/health?a=b')).text());
  expect(turns.filter((name) => name === 'one')).toHaveLength(3);
  expect(await (await ask('/_copies/two/metrics?a=b')).text()).toBe('two');
  expect(two.asked.at(-1)).toBe('GET /metrics?a=b');
  await expect(ask('/_copies/three/metrics')).rejects.toThrow();
});

test('one that leaves is asked no more, and has left when it has answered', async () => {
  const { join, ask } = await open();
  let answer = () => {};
  const slow = await copyOf('slow', (_, response) => {
    answer = () => response.end('slow');
  });
  const other = await copyOf('other');
  const leaving = join(slow);
  const pending = ask('/pending');
  await expect.poll(() => slow.asked).toEqual(['GET /pending']);
  join(other);
  let left = false;
  const leave = leaving.leave().then(() => {
    left = true;
  });
  for (let turn = 0; turn < 5; turn += 1) expect(await (await ask()).text()).toBe('other');
  expect(slow.asked).toEqual(['GET /pending']);
  expect(left).toBe(false);
  answer();
  expect(await (await pending).text()).toBe('slow');
  await leave;
});

test('nobody listens while there is no copy, and again once there is one', async () => {
  const { join, ask } = await open();
  expect(await connects(ask)).toBe('ECONNREFUSED');
  const copy = await copyOf('one');
  const first = join(copy);
  expect(await (await ask()).text()).toBe('one');
  await first.leave();
  expect(await connects(ask)).toBe('ECONNREFUSED');
  join(copy);
  expect(await (await ask()).text()).toBe('one');
});

test('what may have been done is not done again by another copy; what is only read is', async () => {
  const { join, ask } = await open();
  const dying = await copyOf('dying', (request) => request.socket.destroy());
  const other = await copyOf('other');
  join(dying);
  join(other);
  const statuses: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    statuses.push((await ask('/', { method: 'POST', body: 'once' })).status);
  }
  expect(statuses.toSorted()).toEqual([200, 200, 502, 502]);
  expect(other.asked).toHaveLength(2);
  for (let turn = 0; turn < 4; turn += 1) expect((await ask()).status).toBe(200);
});

test('what a copy cannot have seen is done by another, whatever it is', async () => {
  const { join, ask } = await open();
  join({ name: 'gone', port: await freePort() });
  join(await copyOf('other'));
  for (let turn = 0; turn < 4; turn += 1) {
    expect((await ask('/', { method: 'POST', body: 'once' })).status).toBe(200);
  }
});

test('who asks and goes away keeps no copy from leaving', async () => {
  const { join, ask } = await open();
  const never = await copyOf('never', () => {});
  const membership = join(never);
  const control = new AbortController();
  const asked = ask('/', { signal: control.signal }).catch(() => 'gone');
  await expect.poll(() => never.asked.length).toBe(1);
  control.abort();
  expect(await asked).toBe('gone');
  await membership.leave();
  expect(never.asked).toHaveLength(1);
});

test('a body without an end is refused', async () => {
  const { join, ask } = await open();
  const copy = await copyOf('one');
  join(copy);
  const body = 'x'.repeat(3 * 1024 * 1024);
  const status = await ask('/', { method: 'POST', body }).then(
    (answer) => answer.status,
    () => 413, // it may be hung up on before it has said everything
  );
  expect(status).toBe(413);
  expect(copy.asked).toEqual([]);
});

test('a port that somebody else has taken meanwhile is used as soon as it is free', async () => {
  const port = await freePort();
  const squatter = createTcpServer().listen(port, '127.0.0.1');
  await new Promise((done) => squatter.once('listening', done));
  const { join, ask } = await frontAt(port);
  join(await copyOf('one'));
  // Whoever tries after the front is refused after it.
  const other = createTcpServer().listen(port, '127.0.0.1');
  await new Promise((refused) => other.once('error', refused));
  await new Promise((done) => squatter.close(done));
  await expect.poll(() => connects(ask)).toBe('answered');
});
