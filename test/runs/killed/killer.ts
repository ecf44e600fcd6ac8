import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { type BotProcess, startBotProcess } from '../../support/bot-process.ts';
import { readiness } from '../../support/pages.ts';

/** Something that people do and Gatehouse then works on. */
export type Deed = 'asked' | 'approved';

/** When a process is killed: so long after it was ready and people did something, or after its own start. */
export interface Fate {
  bot: number;
  /** Null when it does not even get ready. */
  after: Deed | null;
  ms: number;
}

const { constantFrom, nat, oneof, record } = fc;

/** What chance says, the same for the same seed. */
export const fates = (kills: number, seed: number): Fate[] =>
  fc.sample(
    record({
      bot: nat(),
      after: constantFrom('asked', 'asked', ...Array(5).fill('approved'), null) as fc.Arbitrary<
        Fate['after']
      >,
      // From an approval to the proof it takes some hundred of them.
      ms: oneof(nat(100), nat(300), nat(600)),
    }),
    { numRuns: kills, seed },
  );

/** Some bots that share a database, each replaced at once when it is killed. */
export interface Bots {
  /** Kills one as its fate says, and starts it again. */
  meet(fate: Fate, deed: (which: Deed) => Promise<void>): Promise<void>;
  ready(): Promise<void>;
  /** Every line that any of them printed. */
  lines(): string[];
  /** Ends all of them as a stop does. */
  end(): Promise<void>;
  /** Starts them anew, once all have ended. */
  startAgain(): void;
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
      if (after !== null) await readyToWork(victim).then(() => deed(after));
      await sleep(ms);
      await victim.kill();
      gone.push(victim);
      bots[index] = startBotProcess(env);
    },
    ready: async () => void (await Promise.all(bots.map(readyToWork))),
    lines: () => [...gone, ...bots].flatMap(({ lines }) => lines),
    async end() {
      for (const bot of bots) bot.send('SIGTERM');
      await Promise.all(bots.map((bot) => bot.ended));
    },
    startAgain() {
      gone.push(...bots);
      bots.splice(0, many, ...Array.from({ length: many }, () => startBotProcess(env)));
    },
    kill: async () => void (await Promise.all(bots.map((bot) => bot.kill()))),
  };
}

/** Slack reaches it, and it has its database. */
async function readyToWork(bot: BotProcess): Promise<void> {
  await bot.ready();
  const web = await bot.web();
  let gone = false;
  void bot.ended.then(() => {
    gone = true;
  });
  // A connection that is kept for the bot before it, which had the same port, is reset.
  const ready = () =>
    readiness(web).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await ready())) {
    if (gone) throw new Error(`a bot ended by itself: ${bot.lines.join('\n')}`);
    await sleep(20);
  }
}
