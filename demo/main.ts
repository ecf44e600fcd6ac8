import { dataFolder } from './data-folder.ts';
import { startDemo } from './demo.ts';
import { endAll } from './processes.ts';

/** The demo: five systems to operate, that live as long as this process. */
const data = dataFolder();
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await endAll(data);
  process.exit(code);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));
// The systems are on their own: without this nothing would keep this process alive.
setInterval(() => {}, 60_000);

try {
  const config = await startDemo(data, (line) => console.error(line));
  console.log(JSON.stringify({ ready: true, config }));
  process.send?.({ ready: true, config });
} catch (error) {
  // Some errors of the system have no message, only what they hold.
  console.error((error instanceof Error && error.message) || error);
  process.exit(1);
}
