import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './free-port.ts';
import { prepared } from './prepared.ts';

/** A PostgreSQL to test against. */
export interface PostgresServer {
  /** Reaches an empty database as its owner. */
  url: string;
  /** Null when the server is not ours to signal. */
  pid: number | null;
  /** Ends the server and removes its folder; drops the database of a server that was given. */
  stop(): Promise<void>;
}

/** What a test may ask of its server. */
export interface PostgresOptions {
  /** Off by default: nothing that a test writes must outlive a power cut. */
  fsync?: boolean;
  /** Further settings, such as `{ max_connections: '10' }`. */
  settings?: Readonly<Record<string, string>>;
}

const given = process.env.TEST_DATABASE_URL;
const bin = globSync('/usr/lib/postgresql/*/bin/initdb').sort().map(dirname).at(-1) ?? null;
const root = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root, and should not outlive the tests when they are killed. */
const wrap = existsSync('/usr/bin/setpriv')
  ? [
      '/usr/bin/setpriv',
      '--pdeathsig=INT',
      ...(root ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : []),
    ]
  : ['/usr/bin/env'];

const init = ['-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C'];
const template = `cluster-${hash('sha256', JSON.stringify([bin, ...init])).slice(0, 16)}`;

/** Whether {@link startPostgres} can work here: suites that need it are skipped where it cannot. */
export const postgresAvailable =
  given !== undefined || (bin !== null && (!root || wrap.length > 2));

/** A server of its own on a free port, or a fresh database of the one that TEST_DATABASE_URL names. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  if (given !== undefined) return freshDatabase(given);
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-postgres-'));
  if (root) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  await copy(await prepared(template, makeCluster), data);
  const [command = '', ...args] = wrap;
  const port = await freePort();
  const run = [...args, join(bin ?? '', 'postgres'), '-D', data, ...flags(port, options)];
  const server = spawn(command, run, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    pid: server.pid ?? null,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGINT');
        await once(server, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Making a cluster computes for more than a second; each test has a copy. */
async function makeCluster(path: string): Promise<void> {
  const [command = '', ...args] = wrap;
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-cluster-'));
  if (root) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  const run = [...args, join(bin ?? '', 'initdb'), '-D', data, ...init];
  await promisify(execFile)(command, run, { cwd: folder });
  await copy(data, path);
  await rm(folder, { recursive: true });
}

/** With its owner, as PostgreSQL wants it. */
const copy = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to]);

function flags(port: number, { fsync = false, settings = {} }: PostgresOptions): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    shared_buffers: '32MB',
    ...settings,
  };
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function ready(server: ChildProcess): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error(`postgres did not start:\n${said.join('\n')}`)));
    const lines = createInterface({ input: server.stderr as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      if (said.length < 50) said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
  });
}

async function freshDatabase(url: string): Promise<PostgresServer> {
  const name = `gatehouse_test_${randomBytes(6).toString('hex')}`;
  await execute(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const stop = () => execute(url, `DROP DATABASE ${name} WITH (FORCE)`);
  return { url: own.href, pid: null, stop };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
