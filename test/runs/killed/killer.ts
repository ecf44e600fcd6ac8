import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { type BotProcess, startBotProcess } from '../../support/bot-process.ts';

/** When a process is killed: so many milliseconds after somebody did something, or after its own start. */
export interface Fate {
  bot: number;
  after: 'deed' | 'start';
  ms: number;
}

/** What chance says, the same for the same seed. */
export const fates = (kills: number, seed: number): Fate[] =>
  fc.sample(
    fc.record({
      bot: fc.nat(),
      after: fc.constantFrom('deed', 'deed', 'deed', 'deed', 'start'),
      ms: fc.oneof(fc.nat(40), fc.nat(150), fc.nat(600)),
    }) as fc.Arbitrary<Fate>,
    { numRuns: kills, seed },
  );

/** Some bots that share a database, each replaced at once when it is killed. */
export interface Bots {
  /** Kills one as its fate says, and starts it again. */
  meet(fate: Fate, deed: () => Promise<void>): Promise<void>;
  ready(): Promise<void>;
  /** Every line that any of them printed. */
  lines(): string[];
  /** Ends all of them as a stop does. */
  end(): Promise<void>;
  /** Ends what still runs, at once. */
  kill(): Promise<void>;
}

/** Starts so many. */
export function startBots(many: number, env: Readonly<Record<string, string>>): Bots {
  const gone: BotProcess[] = [];
  const bots = Array.from({ length: many }, () => startBotProcess(env));
  return {
    async meet({ bot, after, ms }, deed) {
      const index = bot % many;
      const victim = bots[index] as BotProcess;
      if (after === 'deed') await victim.ready().then(deed);
      await sleep(ms);
      await victim.kill();
      gone.push(victim);
      bots[index] = startBotProcess(env);
    },
    ready: async () => void (await Promise.all(bots.map((bot) => bot.ready()))),
    lines: () => [...gone, ...bots].flatMap(({ lines }) => lines),
    async end() {
      for (const bot of bots) bot.send('SIGTERM');
      await Promise.all(bots.map((bot) => bot.ended));
    },
    kill: async () => void (await Promise.all(bots.map((bot) => bot.kill()))),
  };
}
