import type { Run } from '../../../src/core/run.ts';
import type { OutboxRequest } from '../../../src/core/transition.ts';
import type { World } from './truth.ts';

/** Holds what people are told against what is true: of what they have asked for, and by the cards of runs. */
export interface ToldJudge {
  /** A run came of the request of that number. */
  created(request: number, run: Run): void;
  /** Slack heard that the request was taken, or that it was not. */
  acknowledged(request: number, taken: boolean): void;
  /** Who asked heard what came of it, from the process that took it. */
  answered(request: number): void;
  /** Who asked heard it from another one, because that is gone. */
  toldLater(request: number, text: string): void;
  /** These messages were written down with a change of the run. */
  wanted(run: Run, messages: readonly OutboxRequest[]): void;
  /** Whether everybody was told everything. */
  isDone(): boolean;
  /** Nothing goes wrong any more and time enough has passed; `draws` says what a row of the outbox should show. */
  quiet(runs: readonly Run[], draws: (row: Wanted) => Promise<unknown>): Promise<void>;
}

/** A message that has to stand in Slack. */
export interface Wanted {
  id: string;
  subject: string;
  kind: OutboxRequest['kind'];
  to: string;
}

interface Request {
  taken: boolean;
  answered: boolean;
  run: string | null;
  toldNothing: boolean;
}

/** Whether it was put to anybody, or goes on without. */
const wasAsked = ({ parent, waitsUntil, validUntil }: Run): boolean =>
  parent === null && (waitsUntil !== null || validUntil !== null);

/** Whether it is shown anew for as long as its run changes. */
const isLive = ({ kind }: Wanted): boolean => kind === 'card' || kind === 'escalation';

const channelOf = (to: string): string => to.replace(/^user:/, 'D-');

/** Judges one world. */
export function createToldJudge(
  { slack }: Pick<World, 'slack'>,
  must: (holds: boolean, otherwise: string) => void,
  note: (what: string) => void,
): ToldJudge {
  const requests = new Map<number, Request>();
  const wanted = new Map<string, Wanted & { version: number }>();
  const of = (n: number): Request => {
    const known = requests.get(n) ?? {
      taken: false,
      answered: false,
      run: null,
      toldNothing: false,
    };
    requests.set(n, known);
    return known;
  };
  const standing = ({ id }: Wanted) => slack?.messages.filter(({ row }) => row === id) ?? [];
  const isShown = (row: Wanted & { version: number }): boolean => {
    const [message] = standing(row);
    const shown = message && slack?.versions.get(message.blocks);
    return shown !== undefined && (!isLive(row) || shown >= row.version);
  };
  const stands = async (row: Wanted, draws: (row: Wanted) => Promise<unknown>) => {
    const [message, more] = standing(row);
    must(message !== undefined, `${row.id} is missing`);
    must(more === undefined, `${row.id} stands twice`);
    must(message?.channel === channelOf(row.to), `${row.id} stands somewhere else`);
    if (!isLive(row)) return; // what is said once does not change
    const isNewest = JSON.stringify(await draws(row)) === JSON.stringify(message?.blocks);
    must(isNewest, `${row.id} does not show how it is`);
  };
  return {
    created(n, { id }) {
      const request = of(n);
      must(request.run === null, `${id} and ${request.run} came of one request`);
      must(!request.toldNothing, `${id} was begun after it was said that nothing came of it`);
      request.run = id;
    },
    acknowledged(n, taken) {
      if (taken) of(n).taken = true;
      else of(n).answered = true; // they were told that nothing happens
    },
    answered(n) {
      of(n).answered = true;
    },
    toldLater(n, text) {
      const request = of(n);
      const isNothing = text.includes('Nothing was done and nothing was asked for');
      note(isNothing ? 'told that nothing came of it' : 'told which run it is');
      if (isNothing) request.toldNothing = true;
      const said = isNothing ? null : (/`(R-[^`]+)`/.exec(text)?.[1] ?? 'nobody knows');
      must(said === request.run, `who asked hears of ${said}, and it is ${request.run}`);
      request.answered = true;
    },
    wanted({ id: subject, version }, messages) {
      if (!slack) return;
      for (const row of wanted.values()) if (row.subject === subject) row.version = version;
      for (const { kind, to } of messages) {
        const id = JSON.stringify([subject, kind, to]);
        wanted.set(id, { id, subject, kind, to, version });
      }
    },
    isDone: () =>
      [...requests.values()].every(({ taken, answered }) => !taken || answered) &&
      [...wanted.values()].every(isShown),
    async quiet(runs, draws) {
      for (const run of slack ? runs : []) {
        const has = wanted.has(JSON.stringify([run.id, 'card', 'C']));
        must(has || !wasAsked(run), `${run.id} has no card`);
      }
      for (const [n, { taken, answered }] of requests) {
        must(!taken || answered, `nobody hears what became of request ${n}`);
      }
      for (const row of wanted.values()) await stands(row, draws);
    },
  };
}
