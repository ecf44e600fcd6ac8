import { setTimeout as sleep } from 'node:timers/promises';
import { usualPace } from '../src/core/pace.ts';
import type { Store } from '../src/store/open-store.ts';
import type { Traffic } from '../workspace/protocol.ts';
import { short } from './figures.ts';
import type { Goal } from './goal.ts';
import type { IncidentGround } from './incident-ground.ts';
import { declareOpen } from './open-incidents.ts';

/** How many of the herd are SEV1; the others are SEV2. */
const worst = 150;
/** For how long it is watched after the first message, and what of it is not counted, in milliseconds. */
const [watched, begins] = [35_000, 5_000];

/**
 * How fast a bot sends a herd that is due at once, against the pace that Slack allows, in real time
 * and with Slack's own limits; how often Slack says that it was too fast; and whether SEV1 goes first.
 */
export async function benchHerdSent(
  ground: IncidentGround,
  { store, env }: { store: Store; env: Readonly<Record<string, string>> },
): Promise<Goal[]> {
  const { now } = await store.incidents.next();
  await declareOpen(
    store.incidents,
    // The SEV2 are declared first, so that nothing but their severity puts the others before them.
    ground.channels.map((channel, n) => {
      const severity = n < ground.channels.length - worst ? 2 : 1;
      return { severity, channel, next: now - 1_000 };
    }),
  );
  const slack = await ground.slack(1);
  const bot = await ground.bot(1, env);
  const posts = () => slack.calls.filter(({ what }) => what === 'chat.postMessage');
  while (posts().length === 0) await sleep(100);
  await sleep(watched);
  await bot.end();
  await slack.end();
  return goalsOf(posts(), slack.calls, ground.channels.length);
}

function goalsOf(posts: readonly Traffic[], calls: readonly Traffic[], herd: number): Goal[] {
  const sent = posts.filter(({ outcome }) => outcome === 'ok');
  const first = sent[0]?.at ?? 0;
  const counted = sent.filter(({ at }) => at >= first + begins && at < first + watched);
  const allowed = ((usualPace['chat.postMessage']?.most ?? 0) / 60_000) * (watched - begins);
  const tooFast = calls.filter(({ outcome }) => outcome === '429').length;
  const isWorst = sent.map(({ request }) => JSON.stringify(request).includes('SEV1'));
  const before = isWorst.slice(0, Math.min(worst, sent.length)).filter(Boolean).length;
  return [
    {
      name: `incidents herd, ${herd} due, sent`,
      ours: `${counted.length} in ${(watched - begins) / 1_000} s`,
      rival: `Slack allows ${short(allowed)}`,
      result: counted.length / allowed,
      target: { at: 'least', value: 0.95 },
    },
    {
      name: 'incidents herd, how often it was too fast',
      ours: `${tooFast} of ${calls.length} calls`,
      rival: '429',
      result: tooFast,
      target: { at: 'most', value: 0 },
    },
    {
      name: `incidents herd, SEV1 among the first ${worst}`,
      ours: `${before}`,
      rival: `${worst}`,
      result: before / worst,
      target: { at: 'least', value: 0.9 },
    },
  ];
}
