import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { signed, statusOf } from './commands.ts';
import { countVotes, type Votes } from './count-votes.ts';
import { approvals, type Card, startCrowd } from './crowd.ts';
import { quantile, short } from './figures.ts';
import type { Goal } from './goal.ts';
import { openApprovals } from './open-approvals.ts';
import { team } from './slack-stub.ts';
import { withPostgres } from './with-postgres.ts';

const perSecond = 200;
const runs = 50;
/** Each of them votes once on each run, and clicks twice. */
const leads = Array.from({ length: 60 }, (_, at) => `U0LEAD${at}`);
const clicks = runs * leads.length * 2;
/** The second click of somebody comes so many clicks after the first: at once, or when that is long done. */
const later = [1, 3, 401];
/** How long votes may go on being counted when the last click was acknowledged, in milliseconds. */
const patience = 30_000;

/** Many people at many cards at a steady pace, each of them twice: through the real program and PostgreSQL. */
export const benchClicks = (): Promise<Goal[]> =>
  withPostgres(async ({ url }) => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
    const crowd = await startCrowd(leads);
    const { bot, cards, close } = await openApprovals(runs, { crowd, url, folder });
    try {
      const { times, missed } = await load(bot.url, cards, crowd.responseUrl);
      const wanted = runs * leads.length;
      const votes = await countVotes(url, wanted, patience);
      return goals(times, missed, votes);
    } finally {
      await close();
      await crowd.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

function goals(times: readonly number[], missed: number, votes: Votes): Goal[] {
  const wanted = runs * leads.length;
  const { once, recorded, twice } = votes;
  return [
    {
      name: `p99 of the acknowledgement, ${perSecond} clicks a second on ${runs} approvals, PostgreSQL`,
      ours: `${short(quantile(times, 0.5))} ms median, ${short(quantile(times, 0.99))} ms p99`,
      rival: '500 ms',
      result: missed > 0 ? Number.POSITIVE_INFINITY : quantile(times, 0.99) / 500,
      target: { at: 'most', value: 1 },
    },
    {
      name: 'of their votes counted once and recorded once',
      ours: `${once} counted, ${recorded} recorded, ${twice} twice, ${missed} clicks missed`,
      rival: `${wanted} of ${clicks} clicks`,
      result: twice > 0 ? 0 : Math.min(once, recorded) / wanted,
      target: { at: 'least', value: 1 },
    },
  ];
}

/** One press of a button. */
interface Press {
  card: Card;
  user: string;
  triggerId: string;
}

/** An open loop: what is late is late, and nothing waits for it. Times count from when it was due. */
async function load(url: string, cards: readonly Card[], responseUrl: string) {
  const pool = new Pool(url, { connections: 64, pipelining: 1, headersTimeout: 3_000 });
  const times: number[] = [];
  let missed = 0;
  const send = async (press: Press, due: number) => {
    const status = await statusOf(pool, click(press, responseUrl));
    if (status === 200) times.push(performance.now() - due);
    else missed += 1;
  };
  const start = performance.now();
  const going: Promise<void>[] = [];
  for (const [at, press] of presses(cards).entries()) {
    const due = start + (at * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    going.push(send(press, due));
  }
  await Promise.all(going);
  await pool.close();
  return { times, missed };
}

/** Everybody on every card, and once more: half of it as Slack delivers again, half as people press again. */
function presses(cards: readonly Card[]): Press[] {
  const first = leads.flatMap((user, turn) =>
    cards.map((_, at) => {
      const card = cards[(at + turn * 7) % cards.length] as Card;
      return { card, user, triggerId: randomUUID() };
    }),
  );
  const placed = first.flatMap((press, at) => [
    { at: at * 2, press },
    {
      at: at * 2 + (later[at % later.length] ?? 1),
      press: at % 2 === 0 ? press : { ...press, triggerId: randomUUID() },
    },
  ]);
  return placed.toSorted((a, b) => a.at - b.at).map(({ press }) => press);
}

function click({ card, user, triggerId }: Press, responseUrl: string) {
  const payload = {
    type: 'block_actions',
    user: { id: user, team_id: team },
    team: { id: team },
    trigger_id: triggerId,
    response_url: responseUrl,
    channel: { id: approvals },
    message: { ts: card.ts },
    container: { message_ts: card.ts, is_ephemeral: false },
    actions: [{ action_id: 'run:approve', value: card.value, action_ts: '1' }],
  };
  return signed(new URLSearchParams({ payload: JSON.stringify(payload) }));
}
