import { beforeAll, expect, test } from 'vitest';
import { isOver, type Run } from '../../../src/core/run.ts';
import { people } from '../../../workspace/people.ts';
import { textOf } from '../../support/person.ts';
import { reasonOf } from './board.ts';
import { copies } from './counted-services.ts';
import { type Survived, type SurviveOptions, survive } from './survive.ts';

/** How often bots are killed in one file; `KILLS` asks for more. */
export const kills = Number(process.env.KILLS ?? 15);
/** Whether there is the time to wait for what was left while it was planned: that ends after 30 s. */
const isLong = kills > 15;
/** More than what even a machine takes that stands still for a while, in milliseconds. */
const longest = 300_000 + kills * 20_000;

type Options = Omit<SurviveOptions, 'kills' | 'seed' | 'patience'>;

/** Kills bots, then holds what is left against everything that was promised to people. */
export function keepsItsPromises(open: () => Promise<Options>): void {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const about = `KILLS=${kills} SEED=${seed}`;
  let left: Survived;
  beforeAll(async () => {
    const patience = isLong ? 35_000 : 3_000;
    left = await survive({ ...(await open()), kills, seed, patience });
    console.log(summary(left, about));
  }, longest);

  test('nothing that people were told is recorded is lost', () => {
    const ids = new Set(left.runs.map(({ id }) => id));
    const asked = idsIn(left, people.onCall1, 'is asked for');
    expect(asked.length, about).toBeGreaterThan(0);
    expect(
      asked.filter((id) => !ids.has(id)),
      about,
    ).toEqual([]);
    for (const manager of [people.manager1, people.manager2]) {
      const voted = idsIn(left, manager, 'Your approval is recorded');
      const kept = runsWithVoteOf(left, manager);
      expect(
        voted.filter((id) => !kept.has(id)),
        about,
      ).toEqual([]);
    }
  });

  test('every command and click that Slack heard was taken is written down', () => {
    const taken = left.requests.filter((one) => one.taken).length + left.votes;
    // Slack hears of those as of any other, and people that nothing will happen.
    const refused = [...left.told.values()].flat().filter((one) => textOf(one).includes(noMore[0]));
    expect(left.deliveries, about).toBeGreaterThanOrEqual(taken - refused.length);
  });

  test('whatever was taken is a run, or who asked was told that nothing came of it', () => {
    const lost = runsOf(left)
      .filter(({ request, run }) => request.taken && !run)
      .map(({ request }) => request.number)
      .filter((number) => !left.left.has(number));
    const answers = (left.told.get(people.onCall1) ?? []).map(textOf);
    // They do not say which request it was.
    const declined = answers.filter((text) => noMore.some((words) => text.includes(words)));
    expect(lost.length, `${about}: ${lost}\n${answers.join('\n')}`).toBeLessThanOrEqual(
      declined.length,
    );
  });

  test('no run is left in the middle, and those that broke off say so', () => {
    const open = ['claimed', 'executing', 'verifying', ...(isLong ? ['requested', 'planned'] : [])];
    const middle = left.runs.filter(({ state }) => open.includes(state));
    expect(middle, about).toEqual([]);
    for (const run of left.runs) {
      if (run.state !== 'interrupted') continue;
      expect(run.why, `${about} ${run.id}`).toMatch(
        /Gatehouse was stopped in the middle|It may have happened/,
      );
      const open = run.steps.filter(({ outcome }) => outcome?.kind !== 'done');
      expect(open.map(({ outcome }) => outcome?.kind)).toEqual(open.length > 0 ? ['unknown'] : []);
    }
  });

  test('nothing was executed twice, and nothing that nobody approved', () => {
    for (const { numbers, runs, effects } of stretchesOf(left)) {
      const why = `${about}, requests ${numbers}, ${runs.map(({ id, state }) => `${id} ${state}`)}`;
      const begun = runs.map((run) => copies.map((copy) => begunIn(run, copy)));
      for (const [index, run] of runs.entries()) {
        expect(Math.max(...(begun[index] ?? [])), why).toBeLessThanOrEqual(1);
        if (!begun[index]?.includes(1)) continue;
        const kinds = run.votes.map(({ kind }) => kind);
        expect(kinds, why).toContain('approve');
      }
      for (const [index, effect] of effects.entries()) {
        const most = begun.reduce((sum, one) => sum + (one[index] ?? 0), 0);
        expect(effect, `${why}, ${copies[index]}`).toBeLessThanOrEqual(most);
      }
    }
  });

  test('what is called done was done', () => {
    const isDone = ({ state }: Run) => state === 'succeeded';
    expect(left.runs.filter(isDone).length, about).toBeGreaterThan(0);
    for (const { numbers, runs, effects } of stretchesOf(left)) {
      const done = runs.filter(isDone).length;
      for (const effect of effects)
        expect(effect, `${about}, requests ${numbers}`).toBeGreaterThanOrEqual(done);
    }
  });

  test('the audit has every change of every run, and is whole', () => {
    const changes = left.runs.reduce((sum, { version }) => sum + version, 0);
    expect(left.audit, about).toMatchObject({ ok: true, records: changes });
  });

  test('every card says how its run ended, once in every place', () => {
    // What changed right before the bots ended waits in the outbox for the next one.
    const late = left.runs.filter(({ changedAt }) => changedAt > left.endedAt - 3_000);
    const isLate = (run: string) => late.some(({ id }) => id === run);
    for (const [place, cards] of left.cards) {
      const calm = cards.filter(({ run }) => !isLate(run));
      const shown = calm.map(({ run, state }) => `${run} ${state}`).sort();
      const settled = left.runs.filter((run) => isShown(run) && !isLate(run.id));
      const wanted = settled.map(({ id, state }) => `${id} ${state}`);
      const why = `${about}, in ${place}; unsent: ${left.unsent.join(', ') || 'nothing'}`;
      expect(shown, why).toEqual(wanted.sort());
    }
  });

  test('no bot gave up', () => {
    expect(left.lines.filter((line) => line.includes('a fault that nobody caught'))).toEqual([]);
  });
}

/** What was not written down, and what was refused because a busy machine's Slack did not say who asked. */
const noMore = ['so nothing will happen', 'Your roles could not be looked up'] as const;

/** It was waited for somebody, or it ended because a bot did while it was planned. */
const isShown = ({ state, approval }: Run): boolean =>
  (approval !== null && state !== 'planned') || (isOver(state) && state !== 'denied');

/** The ids in what one person was told with these words. */
const idsIn = ({ told }: Survived, person: string, words: string): string[] =>
  (told.get(person) ?? [])
    .map(textOf)
    .filter((text) => text.includes(words))
    .flatMap((text) => /R-[0-9A-F]{6}/.exec(text) ?? []);

const runsWithVoteOf = ({ runs }: Survived, manager: string): Set<string> =>
  new Set(
    runs.filter(({ votes }) => votes.some(({ person }) => person === manager)).map(({ id }) => id),
  );

/** How often the run was about to restart this copy. */
const begunIn = ({ steps }: Run, copy: string): number =>
  steps.filter(({ id }) => id === `restart:${copy}`).length;

/** Each request with its run, if it got one. */
const runsOf = ({ requests, runs }: Survived) =>
  requests.map((request) => {
    const run = runs.find(({ reason }) => reason === reasonOf(request.number));
    return { request, run };
  });

/** Requests for one service, the runs they got, and how often each copy was started from the first on. */
interface Stretch {
  service: string;
  from: number;
  numbers: number[];
  runs: Run[];
}

/**
 * Mostly of one request each. One that was typed before the run of the one before it was over, since a
 * busy machine took longer than anybody waits, belongs to the same stretch.
 */
function stretchesOf(left: Survived): (Stretch & { effects: number[] })[] {
  const all: Stretch[] = [];
  for (const { request, run } of runsOf(left)) {
    const { service, at, number } = request;
    const last = all.findLast((one) => one.service === service);
    if (!last || last.runs.every(({ changedAt }) => changedAt < at))
      all.push({ service, from: at, numbers: [number], runs: run ? [run] : [] });
    else {
      last.numbers.push(number);
      if (run) last.runs.push(run);
    }
  }
  return all.map((one, index) => {
    const next = all.slice(index + 1).find(({ service }) => service === one.service);
    const isIn = (at: number) => at >= one.from && (next === undefined || at < next.from);
    const starts = left.starts.get(one.service) ?? [];
    return { ...one, effects: starts.map((times) => times.filter(isIn).length) };
  });
}

function summary(left: Survived, about: string): string {
  const states = Object.groupBy(left.runs, ({ state }) => state);
  const counts = Object.entries(states).map(([state, runs]) => `${runs.length} ${state}`);
  const taken = left.requests.filter((one) => one.taken);
  const unheard = runsOf(left).filter(({ request, run }) => request.taken && !run).length;
  return `${about}: ${left.requests.length} requests, ${taken.length} taken, ${unheard} of them without a run; runs: ${counts.join(', ')}`;
}
