import { askAdmin } from './admin-client.ts';
import { possibleCopies, wantedCopies } from './copies.ts';
import { placesOf } from './layout.ts';
import { end, endAtOnce } from './processes.ts';
import { redisPidFile, startRedisAgain } from './redis-server.ts';
import { startSystem } from './start-system.ts';
import { flavours } from './systems/index.ts';

/** What can be taken down and started, besides the systems. */
export const redis = 'redis';

/** One way to break a system, or to make it well again. Answers with what it did, as a sentence. */
export interface Breakage {
  summary: string;
  /** Whether it can be done to one copy alone. */
  ofOne?: true;
  run(data: string, name: string, copy?: string): Promise<string>;
}

const attacker = '203.0.113.66';

const setFaults = (data: string, name: string, faults: object) =>
  askAdmin(data, name, 'PUT', '/admin/faults', faults);

/** Kills a system, or one copy of it. False when it was down already. */
async function takeDown(data: string, name: string, copy?: string): Promise<boolean> {
  // Only its warden can be sure to end Redis, and only when it is asked.
  if (name === redis) return end(redisPidFile(data));
  const copies = possibleCopies(flavours.find((flavour) => flavour.name === name) ?? {});
  const files = (copy ? [copy] : copies).map(placesOf(data, name).pidFile);
  return (await Promise.all(files.map(endAtOnce))).includes(true);
}

/** Starts what is down and waits until it answers. False when it runs already. */
const startAgain = (data: string, name: string): Promise<boolean> =>
  name === redis ? startRedisAgain(data) : startSystem(data, name);

/** Why a system has no such copy, or null. */
export function unknownCopy(data: string, name: string, copy: string): string | null {
  const copies = name === redis ? [] : wantedCopies(data, name);
  if (copies.includes(copy)) return null;
  return copies.length === 0
    ? `${name} has no copies.`
    : `${name} has no copy called ${copy}: it has ${copies.join(', ')}.`;
}

/** What `npm run demo -- VERB SYSTEM` can do, by verb. */
export const breakages: Readonly<Record<string, Breakage>> = {
  down: {
    summary: 'kill it, as kill -9 does; with the name of a copy that one alone',
    ofOne: true,
    run: async (data, name, copy) => {
      const what = copy ? `${copy} of ${name}` : name;
      return (await takeDown(data, name, copy)) ? `${what} is down.` : `${what} was down already.`;
    },
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
