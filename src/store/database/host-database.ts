import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PGliteDialectConfig } from 'kysely';
import type {
  DatabaseAnswer,
  DatabaseCall,
  DatabaseFault,
  DatabaseResult,
} from './database-messages.ts';

type Connection = Exclude<PGliteDialectConfig['pglite'], (...options: never[]) => unknown>;

/** An embedded database in a thread of its own, as query builder and job engine want it. */
export interface HostedDatabase extends Connection {
  /** Carries out a script of statements without parameters. */
  exec(script: string): Promise<{ rows: unknown[] }[]>;
}

type Ask = (kind: DatabaseCall['kind'], text: string, values?: unknown[]) => Promise<Results>;
type Results = readonly DatabaseResult[];

/**
 * Opens the embedded database of a folder in a thread of its own: opening it, and many a statement,
 * computes without a pause, in which nothing could be acknowledged. It has one connection; whoever
 * uses it lets nobody else in while a transaction is open.
 */
export async function hostDatabase(folder: string): Promise<HostedDatabase> {
  const host = new Worker(new URL('./database-host.ts', import.meta.url), { workerData: folder });
  await once(host, 'message'); // rejects when it cannot be opened
  const { ask, close } = conversation(host);
  const query = async <T>(text: string, values: unknown[] = []) => {
    const [{ rows, ...rest } = { rows: [] }] = await ask('statement', text, values);
    return { ...rest, rows: rows as T[], fields: [] };
  };
  const rollback = async () => {
    await ask('script', 'rollback');
  };
  const hosted: HostedDatabase = {
    ready: true,
    waitReady: Promise.resolve(),
    closed: false,
    query,
    exec: async (script) => [...(await ask('script', script))],
    transaction: (work) => inTransaction(ask, () => work({ query, rollback })),
    async close() {
      hosted.closed = true;
      await close();
    },
  };
  return hosted;
}

/** Questions and answers. The process ends by itself only while none is open. */
function conversation(host: Worker): { ask: Ask; close(): Promise<void> } {
  const open = new Map<number, PromiseWithResolvers<Results>>();
  let last = 0;
  let ended: Error | null = null;
  host.unref();
  host.on('message', (answer: DatabaseAnswer) => {
    const asked = open.get(answer.id);
    open.delete(answer.id);
    if (open.size === 0) host.unref();
    if ('error' in answer) asked?.reject(errorOf(answer.error));
    else asked?.resolve(answer.results);
  });
  host.once('exit', () => {
    ended ??= new Error('the embedded database has ended');
    for (const { reject } of open.values()) reject(ended);
    open.clear();
  });
  return {
    ask: (kind, text, values = []) => {
      if (ended) return Promise.reject(ended);
      const asked = Promise.withResolvers<Results>();
      const call: DatabaseCall = { id: ++last, kind, text, values };
      host.postMessage(call);
      if (open.size === 0) host.ref();
      open.set(call.id, asked);
      return asked.promise;
    },
    close: async () => {
      ended = new Error('the embedded database is closed');
      host.ref();
      host.postMessage('close');
      await once(host, 'exit'); // rejects when it cannot be closed
    },
  };
}

async function inTransaction<T>(ask: Ask, work: () => Promise<T>): Promise<T> {
  await ask('script', 'begin');
  const result = await work().catch(async (error: unknown) => {
    await ask('script', 'rollback');
    throw error;
  });
  const [done] = await ask('script', 'commit');
  if (done?.command === 'ROLLBACK') throw errorOf(aborted);
  return result;
}

/** What PostgreSQL says of a transaction whose failure somebody has overlooked. */
const aborted = { message: 'the transaction had failed and was undone', code: '25P02' };

const errorOf = ({ message, ...fields }: DatabaseFault): Error =>
  Object.assign(new Error(message), fields);
