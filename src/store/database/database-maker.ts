/** What the thread of {@link makeDatabase} runs: makes a database in the folder that it is given. */
import { workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create(workerData);
await database.close();
