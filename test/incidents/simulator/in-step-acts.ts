import type { IncidentMessage } from '../../../src/core/incidents.ts';
import type { OutboxRow, Rest, Sent } from '../../../src/core/outbox.ts';
import { changeOf } from '../../contracts/incidents.ts';
import { entry } from '../../contracts/runs.ts';
import { someIncident } from '../../support/some-incident.ts';
import type { InStep } from './in-step.ts';

type Act = (both: InStep) => Promise<unknown>;

const places = ['C1', 'C2', 'C3', 'D9', 'user:U1'];
const severities = [1, 2, 3, 4] as const;
/** Around what a call takes to come back, a place rests, and a row is held. */
const times = [1, 7, 206, 207, 1_000, 1_463, 1_464, 2_000, 9_999, 10_000, 15_000, 60_000];

const message = ({ chance }: InStep): IncidentMessage => ({
  kind: chance.pick(['incident', 'notice', 'notice']),
  to: chance.pick(places),
  urgency: chance.pick([0, 1, 2]),
});

const messages = (both: InStep): IncidentMessage[] =>
  Array.from({ length: both.chance.pick([0, 1, 2, 3]) }, () => message(both));

const pass: Act = async ({ chance, ...both }) => both.pass(chance.pick(times));

const declare: Act = async (both) => {
  const one = someIncident(both.declared.length + 1, { severity: both.chance.pick(severities) });
  const told = messages(both);
  const [made] = await both.ask('declare', ({ incidents }) =>
    incidents.declare(one, null, entry('incident.declared'), told),
  );
  both.declared.push(made.incident);
};

const change: Act = async (both) => {
  if (both.declared.length === 0) return;
  const one = both.chance.pick(both.declared);
  const made = changeOf(one, { severity: both.chance.pick(severities) }, messages(both));
  const [done] = await both.ask('change', ({ incidents }) => incidents.transition(made));
  if (done.kind === 'done') both.declared[both.declared.indexOf(one)] = done.incident;
};

const refresh: Act = async (both) => {
  const id = both.declared.at(-1)?.id ?? '';
  await both.ask('refresh', ({ incidents }) => incidents.refresh(id));
};

const take: Act = async (both) => {
  const limit = both.chance.pick([1, 2, 8, 8]);
  const [memory, database] = await both.ask('take', async ({ outbox }) => {
    const held: number[] = [];
    return { rows: await outbox.take(limit, (ms) => held.push(ms)), held };
  });
  for (const [at, row] of memory.rows.entries()) {
    both.taken.push([row, database.rows[at] ?? row]);
  }
};

/** Whoever has it, or had it once. */
const report: Act = async (both) => {
  const { chance, taken } = both;
  if (taken.length === 0) return;
  const rows = chance.pick(chance.of(0.7) ? taken.slice(-8) : taken);
  const [row] = rows;
  const [sent, rests] = [became(both, row), chance.pick(resting)];
  const unused = row.posted ? 'chat.update' : 'chat.postMessage';
  const rest = [chance.of(0.3) ? unused : undefined, chance.of(0.85) ? row.taking : undefined];
  await both.ask('report', ({ outbox }, at) =>
    outbox.report(rows[at].id, sent, rests, ...(rest as [string | undefined, number | undefined])),
  );
};

const resting: readonly (readonly Rest[])[] = [
  [],
  [{ method: 'chat.postMessage', ms: 1_000 }],
  [
    { method: 'chat.update', ms: 3_000 },
    { method: null, ms: 1_500 },
  ],
  [
    { method: null, ms: 30_000 },
    { method: 'conversations.history', ms: 500 },
  ],
];

function became({ chance, now }: InStep, { wanted, posted, to }: OutboxRow): Sent {
  const kind = chance.pick(['shown', 'shown', 'shown', 'not-now', 'ambiguous', 'never'] as const);
  const why = `${kind} at ${now()}`;
  if (kind === 'shown') {
    return { kind, version: wanted, posted: posted ?? { channel: to, ts: String(now()) } };
  }
  if (kind === 'never') return { kind, why };
  return {
    ...{ kind, why, retryIn: chance.pick([0, 1, 500, 15_000]) },
    ...(chance.of(0.5) ? { counts: false } : {}),
    ...(chance.of(0.3) ? { wanted } : {}),
  };
}

const compact: Act = async (both) => {
  const olderThan = both.chance.pick([0, 5_000, 20_000]);
  await both.ask('compact', ({ outbox }) => outbox.compact(olderThan));
};

const call: Act = async (both) => {
  const { chance } = both;
  const method = chance.pick(['chat.postMessage', 'chat.update', 'files.info']);
  const what = chance.pick(['take', 'spend', 'limited'] as const);
  const [where, ms] = [chance.pick(['C1', 'C2', null]), chance.pick([500, 3_000, 30_000])];
  await both.ask<unknown>(`pace ${what}`, ({ pace }) =>
    what === 'limited' ? pace.limited(method, where, ms) : pace[what](method),
  );
};

/** Everything that can be asked without changing anything. */
export const look: Act = async (both) => {
  const id = both.chance.pick(both.declared)?.id ?? '';
  const [to, at] = [both.chance.pick(places), both.now()];
  const where = both.taken.at(-1)?.[0].posted ?? { channel: to, ts: '1' };
  await both.ask('what is kept', async ({ outbox }) => ({
    waiting: await outbox.waiting(),
    unconfirmed: [await outbox.unconfirmed(), await outbox.unconfirmed(id)],
    leftOut: await outbox.leftOut(at - 30_000),
    standing: [await outbox.standings(id), await outbox.standing(id, 'incident', to)],
    whose: await outbox.whose(id, where),
  }));
};

/** What may happen, as often as it stands here. */
export const acts: readonly Act[] = [
  ...[pass, pass, pass, declare, change, change, refresh, compact, call],
  ...[take, take, take, take, report, report, report, report],
];
