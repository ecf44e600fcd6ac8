import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { selfSigned } from '../self-signed.ts';
import { tempFolder } from '../temp-folder.ts';
import { addDeployment, type Cluster, createCluster, type NewDeployment } from './cluster.ts';
import { reconcile } from './controller.ts';
import type { FakeDeployment, FakeObject } from './objects.ts';
import { type Answer, type Asked, answer, failure } from './routes.ts';

/** A Kubernetes in miniature: one namespace, `auth`, behind HTTPS and a token. */
export interface FakeKubernetes {
  port: number;
  /** The path of a kubeconfig for it. */
  kubeconfig: string;
  cluster: Cluster;
  /** Every request, as `PATCH /apis/…`. */
  requests: string[];
  /** Connections that were ever made. */
  connections(): number;
  /** What is answered instead; null lets it be answered as usual. */
  fault: (asked: Asked) => Answer | 'hang' | 'hang up' | null;
  deploy(wanted: NewDeployment): Promise<FakeDeployment>;
  /** What `kubectl set image` does. */
  setImage(name: string, image: string): Promise<void>;
  /** Whether its controller and its kubelet do anything. */
  works: boolean;
  /** Waits until nothing changes any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const token = 'fake-token';

/** Starts one on a free port. Its controller looks every few milliseconds. */
export async function startFakeKubernetes(): Promise<FakeKubernetes> {
  const cluster = createCluster();
  const { cert, key } = selfSigned();
  const folder = tempFolder();
  const requests: string[] = [];
  const progressing = new Map<string, number>();
  const sockets = new Set<Duplex>();
  const server = createServer({ cert, key }, (request, response) => {
    respond(fake, request, response).catch(() => response.destroy());
  });
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const kubeconfig = join(folder.path, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigText(port, cert));
  const timer = setInterval(() => fake.works && reconcile(cluster, progressing), 2);
  const settled = () => untilStill(cluster);
  const fake: FakeKubernetes = {
    port,
    kubeconfig,
    cluster,
    requests,
    connections: () => connections,
    fault: () => null,
    works: true,
    settled,
    async deploy(wanted) {
      const deployment = addDeployment(cluster, wanted);
      await settled();
      return deployment;
    },
    async setImage(name, image) {
      const deployment = cluster.deployments.get(name);
      const [container] = deployment?.spec.template.spec.containers ?? [];
      if (!deployment || !container) throw new Error(`There is no deployment ${name}.`);
      deployment.spec.template = structuredClone(deployment.spec.template);
      deployment.spec.template.spec.containers = [{ ...container, image }];
      deployment.metadata.generation = (deployment.metadata.generation ?? 1) + 1;
      cluster.touch('MODIFIED', deployment);
      await settled();
    },
    async stop() {
      clearInterval(timer);
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      await folder.remove();
    },
  };
  return fake;
}

/** A kubeconfig that trusts one certificate. */
export const kubeconfigText = (port: number, cert: string, user: object = { token }): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'fake',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority-data': Buffer.from(cert).toString('base64'),
        },
      },
    ],
    users: [{ name: 'gatehouse', user }],
    contexts: [
      { name: 'fake', context: { cluster: 'fake', user: 'gatehouse', namespace: 'auth' } },
    ],
    'current-context': 'fake',
  });

async function respond(
  fake: FakeKubernetes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = await read(request);
  fake.requests.push(`${asked.method} ${asked.path}`);
  const told =
    request.headers.authorization === `Bearer ${token}`
      ? (fake.fault(asked) ?? answer(fake.cluster, asked))
      : failure(401, 'Unauthorized', 'Unauthorized');
  if (told === 'hang') return;
  if (told === 'hang up') response.destroy();
  else if ('text' in told) response.writeHead(200, { 'content-type': 'text/plain' }).end(told.text);
  else if ('watch' in told) stream(fake.cluster, told, response);
  else {
    const { retryAfter } = told;
    const later = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    response.writeHead(told.status, { 'content-type': 'application/json', ...later });
    response.end(JSON.stringify(told.body));
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const url = new URL(request.url ?? '/', 'https://127.0.0.1');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    type: request.headers['content-type'] ?? '',
    body: text === '' ? null : JSON.parse(text),
  };
}

function stream(
  cluster: Cluster,
  { watch, kind, from }: Extract<Answer, { watch: unknown }>,
  response: ServerResponse,
): void {
  const send = (type: string, object: FakeObject) =>
    response.write(`${JSON.stringify({ type, object })}\n`);
  const onChange = (type: string, object: FakeObject) => {
    if (object.kind === kind && watch(object)) send(type, object);
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  for (const object of from) send('ADDED', object);
  cluster.changes.on('change', onChange);
  response.once('close', () => cluster.changes.off('change', onChange));
}

/** Still means that nothing has changed for ten looks of the controller. */
async function untilStill({ changes }: Cluster): Promise<void> {
  let last = performance.now();
  const onChange = () => {
    last = performance.now();
  };
  changes.on('change', onChange);
  while (performance.now() - last < 20) await new Promise((resolve) => setTimeout(resolve, 2));
  changes.off('change', onChange);
}
