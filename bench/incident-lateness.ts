import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/store/open-store.ts';
import { openStore } from '../src/store/open-store.ts';
import { quietLog } from '../test/support/quiet-log.ts';
import { tempFolder } from '../test/support/temp-folder.ts';
import type { Traffic } from '../workspace/protocol.ts';
import { median, quantile, short } from './figures.ts';
import type { Goal } from './goal.ts';
import type { IncidentGround } from './incident-ground.ts';
import { declareOpen } from './open-incidents.ts';
import type { BenchDatabase } from './with-postgres.ts';

const open = 1_000;
/** So many times as fast as in life everything goes: the slots of fifteen minutes come in five. */
const faster = 3;
const within = 900_000 / faster;
/** For how long it is watched, and how long the bot has to warm up before, in milliseconds. */
const [watched, warm] = [45_000, 10_000];

/** Where the incidents are kept, and how a bot reaches it. */
interface Ground {
  name: string;
  open(): Promise<Store>;
  /** Nobody else may have it open while the bot has. */
  alone: boolean;
  env: Readonly<Record<string, string>>;
}

/** The lateness on a PostgreSQL. */
export const benchLatenessOn = (ground: IncidentGround, database: BenchDatabase): Promise<Goal[]> =>
  measure(ground, {
    name: 'PostgreSQL',
    open: database.open,
    alone: false,
    env: { DATABASE_URL: database.url },
  });

/** The lateness on the embedded database. */
export async function benchLatenessEmbedded(ground: IncidentGround): Promise<Goal[]> {
  const folder = tempFolder();
  const clock = { monotonic: () => performance.now() };
  try {
    return await measure(ground, {
      name: 'the embedded database',
      open: () => openStore({ dataDir: folder.path, clock, log: quietLog }),
      alone: true,
      env: { GATEHOUSE_DATA: folder.path },
    });
  } finally {
    await folder.remove();
  }
}

/** When an update was due, written down and accepted by Slack, in milliseconds since 1970. */
interface Update {
  slot: number;
  committed: number;
  accepted: number;
}

/**
 * How late the updates of a thousand open incidents are, through the bot's own process and a workspace with Slack's
 * limits, both three times as fast as in life: from the slot until the record is committed, with its picture when there
 * is one, and until the workspace has accepted the message. Lateness itself is in real time.
 */
async function measure(ground: IncidentGround, where: Ground): Promise<Goal[]> {
  const first = await declareAll(ground, where);
  const slack = await ground.slack(faster);
  const bot = await ground.bot(faster, where.env);
  const from = Math.max(first, Date.now()) + warm;
  const until = from + watched;
  if (until > first + within) throw new Error('the bot took too long to start');
  await sleep(until + 5_000 - Date.now());
  await bot.end();
  await slack.end();
  const updates = await updatesIn(where, slack.calls);
  const counted = updates.filter(({ slot }) => slot >= from && slot < until);
  const expected = ((until - from) / within) * open;
  if (counted.length < 0.95 * expected)
    throw new Error(`only ${counted.length} of ${short(expected)} updates came`);
  return goalsOf(where.name, counted, slack.calls);
}

/** Declares them; answers when the first slot is, by the clock that this machine and its databases share. */
async function declareAll({ channels }: IncidentGround, where: Ground): Promise<number> {
  const store = await where.open();
  const due = (begins: number) =>
    channels
      .slice(0, open)
      .map((channel, n) => ({ severity: 1 as const, channel, next: begins + (n * within) / open }));
  const few = 50;
  const all = due(0);
  const later = (ms: number) => all.map((one) => ({ ...one, next: Math.round(one.next + ms) }));
  // The last ones first: their slots are far away, so that it does not matter how long all of them take.
  const each = await declareOpen(store.incidents, later(Date.now() + within).slice(-few));
  const begins = Date.now() + each * open * 1.5 + warm;
  await declareOpen(store.incidents, later(begins).slice(0, -few));
  if (where.alone) await store.close();
  return begins;
}

/** What became of the first update of each incident. */
async function updatesIn(where: Ground, calls: readonly Traffic[]): Promise<Update[]> {
  const store = await where.open();
  const updates: Update[] = [];
  for (const { what, outcome, at, request } of calls) {
    const subject = subjectOf(request);
    if (what !== 'chat.postMessage' || outcome !== 'ok' || subject === null) continue;
    const [id = '', version] = subject.split('/');
    const [record] = await store.audit.find({ subject: id, version: Number(version), limit: 1 });
    const slot = record?.facts.slot;
    if (record?.event !== 'incident.updated' || typeof slot !== 'number') continue;
    updates.push({ slot, committed: record.at, accepted: at });
  }
  if (where.alone) await store.close();
  return updates;
}

/** Which line of which incident a post shows. */
function subjectOf(request: unknown): string | null {
  const { metadata } = request as { metadata?: { event_payload?: { subject?: string } } };
  return metadata?.event_payload?.subject ?? null;
}

function goalsOf(where: string, updates: readonly Update[], calls: readonly Traffic[]): Goal[] {
  const pictures = calls.filter(({ what }) => what === 'files.completeUploadExternal').length;
  const tooFast = calls.filter(({ outcome }) => outcome === '429').length;
  const goal = (what: string, times: readonly number[], rival: string): Goal => ({
    name: `incidents late, ${open} open, ${what} on ${where}`,
    ours: `${short(median(times))} ms (p99 ${short(quantile(times, 0.99))}, most ${short(Math.max(...times))})`,
    rival,
    result: quantile(times, 0.99) / 1_000,
    target: { at: 'most', value: 1 },
  });
  return [
    goal(
      'committed',
      updates.map(({ slot, committed }) => committed - slot),
      `1 s; ${updates.length} updates, ${pictures} pictures`,
    ),
    goal(
      'accepted by Slack',
      updates.map(({ slot, accepted }) => accepted - slot),
      `1 s; everything ${faster} times as fast as in life`,
    ),
    {
      name: `incidents late, too fast for Slack on ${where}`,
      ours: `${tooFast} of ${calls.length} calls`,
      rival: '429',
      result: tooFast,
      target: { at: 'most', value: 0 },
    },
  ];
}
