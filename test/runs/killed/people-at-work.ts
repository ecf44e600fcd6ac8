import { setTimeout as sleep } from 'node:timers/promises';
import { isOver } from '../../../src/core/run.ts';
import { channels, people } from '../../../workspace/people.ts';
import type { Grounds } from '../../support/grounds.ts';
import { type Board, type Card, reasonOf } from './board.ts';
import type { Deed } from './killer.ts';

/** What chance says about one request. */
export interface Turn {
  /** Who approves it. */
  manager: 0 | 1;
  /** How: by typing, by the card, or both managers at once, each in their way. */
  how: 'types' | 'clicks' | 'both';
}

/** One request that was typed, and what became of it as far as people could see. */
export interface Request {
  number: number;
  service: string;
  /** Whether Slack heard that it was taken. */
  taken: boolean;
  /** Right before it was typed, in milliseconds since 1970. */
  at: number;
}

/** People who ask for restarts and approve them, one request at a time for each service. */
export interface PeopleAtWork {
  requests: readonly Request[];
  /** How many approvals were acknowledged to Slack. */
  votes(): number;
  /** No new request; resolves when those that are open have ended or nobody waits for them any more. */
  finish(): Promise<void>;
}

/** What they do it with. */
export interface WorkOptions {
  grounds: Grounds;
  board: Board;
  services: readonly string[];
  turns: readonly Turn[];
  /** Called whenever somebody has done something that Gatehouse works on now. */
  did(deed: Deed): void;
}

/** A card is posted once a second at most: more requests would only wait for theirs. In milliseconds. */
const pace = 1_100;
/** How long a card is waited for that may never come, and an end that may take a lease to be found. */
const patience = { card: 12_000, vote: 3_000, again: 300, end: 30_000 };

/** Sets them to work. */
export function putToWork(options: WorkOptions): PeopleAtWork {
  const { services, turns, did, grounds } = options;
  const requests: Request[] = [];
  const ended = new AbortController();
  let votes = 0;
  let next = 0;

  const ask = async (service: string, number: number) => {
    const at = Date.now();
    const text = `/auth restart ${service}@prod --reason "${reasonOf(number)}"`;
    const typing = grounds.slack.type({ as: people.onCall1, channel: channels.general, text });
    did('asked');
    const { ok, error } = await typing;
    requests.push({ number, service, taken: ok && error === null, at });
    return ok && error === null;
  };
  const serve = async (service: string, index: number) => {
    await sleep(index * pace);
    while (!ended.signal.aborted) {
      const number = next;
      next += 1;
      const answered = answersAbout(options.board, service).length;
      const taken = await ask(service, number);
      if (taken) {
        const turn = turns[number % turns.length] ?? { manager: 0, how: 'types' };
        votes += await seeThrough(options, { number, service, answered }, turn);
      }
      await sleep(taken ? pace : 250, undefined, { signal: ended.signal }).catch(() => {});
    }
  };
  const all = Promise.all(services.map(serve));
  return {
    requests,
    votes: () => votes,
    async finish() {
      ended.abort();
      await all;
    },
  };
}

/** What was asked for, as soon as somebody sees which run it is. */
interface Seen {
  run: string;
  card: Card | undefined;
}

/** Approves it until it is approved, and waits for its end; answers how many votes Slack heard were taken. */
async function seeThrough(options: WorkOptions, wanted: Wanted, turn: Turn): Promise<number> {
  const { board } = options;
  const look = () => findOn(board, wanted);
  const is = (state: (state: Card['state']) => boolean) => () => {
    const { card } = look() ?? {};
    return card && state(card.state) ? card : undefined;
  };
  const seen = await board.waitFor(look, patience.card);
  let votes = 0;
  for (let tries = 0; seen && tries < 20; tries += 1) {
    const now = look() ?? seen;
    if (now.card && now.card.state !== 'waiting') break;
    const taken = await approve(options, now, turn);
    votes += taken;
    await board.waitFor(
      is((state) => state !== 'waiting'),
      taken > 0 ? patience.vote : patience.again,
    );
  }
  // A vote may count of which Slack never heard that it was taken.
  if (seen) await board.waitFor(is(isOver), patience.end);
  return votes;
}

/** A request that was typed, and how many of its service had been answered before. */
interface Wanted {
  number: number;
  service: string;
  answered: number;
}

const answersAbout = (board: Board, service: string) =>
  board.told().filter((told) => told.service === service);

/** By its card, or else by the newest answer about its service. */
function findOn(board: Board, { number, service, answered }: Wanted): Seen | undefined {
  const card = board.cards().find(({ request }) => request === number);
  if (card) return { run: card.run, card };
  const told = answersAbout(board, service)[answered];
  return told && { run: told.run, card: undefined };
}

async function approve(
  { grounds, did }: WorkOptions,
  { run, card }: Seen,
  { manager, how }: Turn,
): Promise<number> {
  const managers = [people.manager1, people.manager2].map((id) => grounds.person(id));
  const [one, other] = manager === 0 ? managers : managers.toReversed();
  const types = () => one?.types(`approve ${run}`);
  const clicks = () =>
    card ? other?.clicks(card.message, 'Approve') : other?.types(`approve ${run}`);
  const deeds = { types: [types], clicks: [clicks], both: [types, clicks, clicks] }[how];
  const doing = Promise.allSettled(deeds.map((deed) => deed()));
  did('approved');
  return (await doing).filter(({ status }) => status === 'fulfilled').length;
}
