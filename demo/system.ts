import { enableCompileCache, flushCompileCache } from 'node:module';
import { resolve } from 'node:path';

/** One copy of a system of the demo as a process of its own: `node demo/system.ts FOLDER COPY`. */
const [, , folder = '', copy = 'api'] = process.argv;

// Its files are stripped of their types once, and not again by every copy that starts.
enableCompileCache(resolve(folder, '../../compile-cache'));
const { runCopy } = await import('./run-copy.ts');
runCopy(folder, copy);
setTimeout(flushCompileCache, 1000);
