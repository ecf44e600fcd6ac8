import { askAdmin } from './admin-client.ts';
import { placesOf, readSettings } from './layout.ts';
import { end, endAtOnce } from './processes.ts';
import { redisPidFile, startRedisAgain } from './redis-server.ts';
import { listening, startSystem } from './start-system.ts';

/** What can be taken down and started, besides the systems. */
export const redis = 'redis';

/** One way to break a system, or to make it well again. Answers with what it did, as a sentence. */
export interface Breakage {
  summary: string;
  run(data: string, name: string): Promise<string>;
}

const attacker = '203.0.113.66';

const setFaults = (data: string, name: string, faults: object) =>
  askAdmin(data, name, 'PUT', '/admin/faults', faults);

/** Only its warden can be sure to end Redis, and only when it is asked. */
const takeDown = (data: string, name: string): Promise<boolean> =>
  name === redis ? end(redisPidFile(data)) : endAtOnce(placesOf(data, name).pidFile);

/** Starts what is down and waits until it listens. False when it runs already. */
async function startAgain(data: string, name: string): Promise<boolean> {
  if (name === redis) return startRedisAgain(data);
  if (!(await startSystem(data, name))) return false;
  await listening(readSettings(placesOf(data, name).directory).port, name);
  return true;
}

/** What `npm run demo -- VERB SYSTEM` can do, by verb. */
export const breakages: Readonly<Record<string, Breakage>> = {
  down: {
    summary: 'kill it, as kill -9 does',
    run: async (data, name) =>
      (await takeDown(data, name)) ? `${name} is down.` : `${name} was down already.`,
  },
  slow: {
    summary: 'answer three seconds late; a restart helps',
    run: async (data, name) => {
      await setFaults(data, name, { slow: 3000 });
      return `${name} answers three seconds late.`;
    },
  },
  errors: {
    summary: 'answer 500, and 503 to health checks; a restart helps',
    run: async (data, name) => {
      await setFaults(data, name, { failing: 1 });
      return `${name} answers with errors.`;
    },
  },
  spike: {
    summary: `25 wrong passwords a second from ${attacker}; only blocking that address helps`,
    run: async (data, name) => {
      await setFaults(data, name, { spike: attacker });
      return `${attacker} tries passwords at ${name}, 25 a second.`;
    },
  },
  heal: {
    summary: 'end everything of the above, and start it if it is down',
    run: async (data, name) => {
      await startAgain(data, name);
      await setFaults(data, name, { slow: 0, failing: 0, spike: null });
      return `${name} is well.`;
    },
  },
  start: {
    summary: 'start it again when it is down',
    run: async (data, name) =>
      (await startAgain(data, name)) ? `${name} is up.` : `${name} runs already.`,
  },
};
