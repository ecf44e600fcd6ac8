/** What the thread of {@link hostDatabase} runs: the database in the folder that it is given. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type {
  DatabaseAnswer,
  DatabaseCall,
  DatabaseFault,
  DatabaseResult,
} from './database-messages.ts';
import { typeParsers } from './type-parsers.ts';

const port = parentPort as MessagePort;
const database = await PGlite.create(String(workerData), { parsers: { ...typeParsers } });
const say = (answer: DatabaseAnswer | 'open') => port.postMessage(answer);

port.on('message', (call: DatabaseCall | 'close') => {
  if (call === 'close') return void database.close().then(() => port.close());
  const { id } = call;
  return void carryOut(call).then(
    (results) => say({ id, results }),
    (error: unknown) => say({ id, error: faultOf(error) }),
  );
});
say('open');

async function carryOut({ kind, text, values }: DatabaseCall): Promise<DatabaseResult[]> {
  const all =
    kind === 'script' ? await database.exec(text) : [await database.query(text, [...values])];
  return all.map(({ rows, affectedRows, command }) => ({
    rows,
    ...(affectedRows === undefined ? {} : { affectedRows }),
    ...(command === undefined ? {} : { command }),
  }));
}

function faultOf(error: unknown): DatabaseFault {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, code, detail, hint, where, table, column, constraint }: DatabaseFault = error;
  return { message, code, detail, hint, where, table, column, constraint };
}
