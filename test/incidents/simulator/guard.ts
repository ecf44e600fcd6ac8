import type { Log } from '../../../src/core/log.ts';
import type { Outbox } from '../../../src/core/outbox.ts';
import type { SlackReach } from '../../../src/core/slack-reach.ts';
import type { IncidentLife } from '../../../src/incidents/incident-life.ts';
import type { Code } from './code.ts';
import type { Process } from './time.ts';
import type { World } from './world.ts';

/** What looks after incidents of a process while Slack is away. */
export interface Guarding {
  process: Process;
  outbox: Outbox;
  life: IncidentLife;
  log: Log;
  reach: SlackReach;
  api: unknown;
}

/** How often it looks while Slack is away, in milliseconds. */
const every = 20_000;

/** The real guard; it looks whenever its process does something, and not every two seconds. */
export function createGuard(world: World, code: Code, guarding: Guarding) {
  const { store, judge, chance, time } = world;
  const { process, api } = guarding;
  let wake = () => {};
  let next = 0;
  const guard = code.createSlackGuard({
    ...guarding,
    audit: store.audit,
    notifier: {
      reaches: () => true,
      notify: async () => {
        await time.gate(process);
        if (world.troubled && chance.of(0.2)) throw new Error('the connection was lost');
        judge.note('called elsewhere');
      },
    },
    compose: () => ({ subject: '', text: '' }),
    probe: () => (api as { auth: { test(said: object): Promise<unknown> } }).auth.test({}),
    sleep: () =>
      new Promise((go) => {
        wake = go;
      }),
  });
  guard.start();
  return {
    holding: guard.holding,
    tick() {
      if (!process.alive || (guarding.reach.away() && time.now() < next)) return;
      next = time.now() + every;
      wake();
    },
  };
}
