import { setTimeout as sleep } from 'node:timers/promises';
import { usualPace } from '../src/core/pace.ts';
import type { Store } from '../src/store/open-store.ts';
import type { Traffic } from '../workspace/protocol.ts';
import { short } from './figures.ts';
import type { Goal } from './goal.ts';
import { type IncidentGround, startIncidentGround } from './incident-ground.ts';
import { declareOpen } from './open-incidents.ts';
import { withPostgres } from './with-postgres.ts';

/** How many of the herd are SEV1; the others are SEV2. */
const worst = 150;
/** For how long it is watched after the first message, and what of it is not counted, in milliseconds. */
const [watched, begins] = [35_000, 5_000];
/** So many times as fast as in life the whole herd is sent; at Slack's own pace, 1, it takes 34 minutes and longer. */
const { HERD_FASTER = '6' } = process.env;
const faster = Number(HERD_FASTER);

/** Where the incidents are kept, and how a bot reaches it. */
interface Kept {
  store: Store;
  env: Readonly<Record<string, string>>;
}

/** What a workspace has heard. */
interface Heard {
  posts: readonly Traffic[];
  calls: readonly Traffic[];
}

/**
 * How fast a bot sends a herd that is due at once, against the pace that Slack allows, in real time
 * and with Slack's own limits; how often Slack says that it was too fast; and whether SEV1 goes first.
 */
export async function benchHerdSent(ground: IncidentGround, kept: Kept): Promise<Goal[]> {
  const heard = await hear(ground, kept, { scale: 1, until: () => sleep(watched) });
  const herd = `incidents herd, ${ground.channels.length} due`;
  return [paceOf(herd, heard.posts), tooFast(herd, heard.calls), firstOf(herd, heard.posts)];
}

/** So many incidents are due at once. */
const whole = 10_000;

/** The same until everyone has heard, with limits that are as many times wider as time is faster. */
export async function benchWholeHerd(): Promise<Goal[]> {
  const ground = await startIncidentGround(whole);
  try {
    return await withPostgres(async ({ url, open }) =>
      sendAll(ground, { store: await open(), env: { DATABASE_URL: url } }),
    );
  } finally {
    await ground.close();
  }
}

async function sendAll(ground: IncidentGround, kept: Kept): Promise<Goal[]> {
  const wanted = ground.channels.length;
  const { posts, calls } = await hear(ground, kept, {
    scale: faster,
    async until(sent) {
      const reached = () => firstsOf(sent(), ground.channels).length;
      for (let before = -1; before < reached() && reached() < wanted; ) {
        before = reached();
        await sleep(10_000 + 120_000 / faster);
      }
    },
  });
  const firsts = firstsOf(posts, ground.channels);
  const last = firsts.at(-1)?.at ?? 0;
  const took = last - (posts[0]?.at ?? 0);
  // While the herd is sent, those who were first are due again.
  const until = posts.filter(({ at }) => at <= last).length;
  const allowed = (until / (perMinute * faster)) * 60_000;
  const herd = `incidents herd, ${wanted} sent, ${faster} times as fast as in life`;
  return [
    {
      name: herd,
      ours: `${firsts.length} in ${short(took / 1_000)} s`,
      rival: `${until} posts, which Slack allows in ${short(allowed / 1_000)} s`,
      result: firsts.length < wanted ? 0 : allowed / took,
      target: { at: 'least', value: 0.95 },
    },
    tooFast(herd, calls),
    firstOf(herd, posts),
  ];
}

/** Lets a herd be due, and a bot begin; answers what the workspace heard until then. */
async function hear(
  ground: IncidentGround,
  { store, env }: Kept,
  { scale, until }: { scale: number; until(sent: () => Traffic[]): Promise<unknown> },
): Promise<Heard> {
  const { now } = await store.incidents.next();
  await declareOpen(
    store.incidents,
    // The SEV2 are declared first, so that nothing but their severity puts the others before them.
    ground.channels.map((channel, n) => {
      const severity = n < ground.channels.length - worst ? 2 : 1;
      return { severity, channel, next: now - 1_000 };
    }),
  );
  const slack = await ground.slack(scale);
  const bot = await ground.bot(scale, env);
  const posts = () => slack.calls.filter(({ what }) => what === 'chat.postMessage');
  const sent = () => posts().filter(({ outcome }) => outcome === 'ok');
  while (sent().length === 0) await sleep(100);
  await until(sent);
  await bot.end();
  await slack.end();
  return { posts: sent(), calls: slack.calls };
}

const perMinute = usualPace['chat.postMessage']?.most ?? 0;

const channelOf = ({ request }: Traffic) => (request as { channel?: string }).channel;

/** The first message of each of the channels. */
function firstsOf(posts: readonly Traffic[], channels: readonly string[]): Traffic[] {
  const without = new Set<string | undefined>(channels);
  return posts.filter((post) => without.delete(channelOf(post)));
}

function paceOf(herd: string, posts: readonly Traffic[]): Goal {
  const first = posts[0]?.at ?? 0;
  const counted = posts.filter(({ at }) => at >= first + begins && at < first + watched);
  const allowed = (perMinute / 60_000) * (watched - begins);
  return {
    name: `${herd}, sent`,
    ours: `${counted.length} in ${(watched - begins) / 1_000} s`,
    rival: `Slack allows ${short(allowed)}`,
    result: counted.length / allowed,
    target: { at: 'least', value: 0.95 },
  };
}

function tooFast(herd: string, calls: readonly Traffic[]): Goal {
  const refused = calls.filter(({ outcome }) => outcome === '429').length;
  return {
    name: `${herd}, how often it was too fast`,
    ours: `${refused} of ${calls.length} calls`,
    rival: '429',
    result: refused,
    target: { at: 'most', value: 0 },
  };
}

function firstOf(herd: string, posts: readonly Traffic[]): Goal {
  const isWorst = posts.map(({ request }) => JSON.stringify(request).includes('SEV1'));
  const before = isWorst.slice(0, worst).filter(Boolean).length;
  return {
    name: `${herd}, SEV1 among the first ${worst}`,
    ours: `${before}`,
    rival: `${worst}`,
    result: before / worst,
    target: { at: 'least', value: 0.9 },
  };
}
