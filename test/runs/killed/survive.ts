import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { isOver } from '../../../src/core/run.ts';
import type { DatabaseOptions } from '../../../src/store/open-store.ts';
import { directMessage, people } from '../../../workspace/people.ts';
import type { Message } from '../../../workspace/protocol.ts';
import { type Grounds, openGrounds } from '../../support/grounds.ts';
import { owedMessages } from '../../support/owed-messages.ts';
import { answersIn } from '../../support/person.ts';
import { approvals } from '../../support/run-catalogue.ts';
import { type Board, type Card, cardsIn, leftBehindIn, watchBoard } from './board.ts';
import { countedCatalogue, type Starts } from './counted-services.ts';
import { type Bots, type Deed, fates, startBots } from './killer.ts';
import { type LeftBehind, readLeftBehind } from './left-behind.ts';
import { putToWork, type Request, type Turn } from './people-at-work.ts';

/** Everything that can be known after the bots were killed again and again. */
export interface Survived extends LeftBehind {
  requests: readonly Request[];
  /** Approvals that Slack heard were taken. */
  votes: number;
  /** When each service was started, written down by itself. */
  starts: ReadonlyMap<string, Starts>;
  /** The cards in each place where they hang. */
  cards: ReadonlyMap<string, readonly Card[]>;
  /** What only one person was told, by person. */
  told: ReadonlyMap<string, readonly Message[]>;
  /** The requests of which the engineer was told that they were left behind, by number. */
  left: ReadonlySet<number>;
  lines: readonly string[];
  /** When nobody killed bots any more and they were told to end, in milliseconds since 1970. */
  endedAt: number;
}

/** What is killed how often. */
export interface SurviveOptions {
  bots: number;
  kills: number;
  seed: number;
  env: Readonly<Record<string, string>>;
  database: DatabaseOptions;
  /** How long it is waited at the end for what only time ends, in milliseconds. */
  patience: number;
}

const services = ['one', 'two', 'three', 'four', 'five', 'six'];

/** Lets people ask for restarts while bots are killed, until as many were as wanted and all has settled. */
export async function survive(options: SurviveOptions): Promise<Survived> {
  const counts = new Map<string, () => Starts>();
  const grounds = await openGrounds({
    services,
    catalogue: (all) => countedCatalogue(all, (name, starts) => counts.set(name, starts)),
    workspace: { ackMs: 3_000 }, // a killed bot acknowledges nothing any more
  });
  const starts = (service: string) => counts.get(service)?.() ?? [];
  const bots = startBots(options.bots, { ...grounds.env, ...options.env });
  try {
    await bots.ready();
    const board = watchBoard(grounds.slack);
    const work = await killAmid(options, { grounds, board, bots });
    let endedAt = 0;
    for (
      let left = 5;
      endedAt === 0 || (left > 0 && (await owedMessages(options.database)) > 0);
    ) {
      if (endedAt > 0) bots.startAgain(); // a slow machine has not sent everything by now
      left -= 1;
      await settle(grounds, bots, options.patience);
      await hearOfAll(grounds, work.requests);
      endedAt = Date.now();
      await bots.end();
    }
    return {
      endedAt,
      ...(await readLeftBehind(options.database)),
      ...work,
      ...(await whatIsSeen(grounds)),
      starts: new Map(services.map((name) => [name, starts(name)])),
      lines: bots.lines(),
    };
  } finally {
    await bots.kill();
    await grounds.close();
  }
}

interface Scene {
  grounds: Grounds;
  board: Board;
  bots: Bots;
}

async function killAmid({ kills, seed }: SurviveOptions, { grounds, board, bots }: Scene) {
  const deeds = new EventEmitter();
  const turns = fc.sample(
    fc.record({
      manager: fc.constantFrom(0, 1),
      how: fc.constantFrom('types', 'clicks', 'both'),
    }) as fc.Arbitrary<Turn>,
    { numRuns: 100, seed },
  );
  const did = (deed: Deed) => void deeds.emit(deed);
  const work = putToWork({ grounds, board, services, turns, did });
  const deed = (which: Deed) => Promise.race([once(deeds, which), sleep(3_000)]).then(() => {});
  for (const fate of fates(kills, seed)) await bots.meet(fate, deed);
  await bots.ready();
  // Where everything takes long nothing may have come to its end between two kills: one does now.
  const isDone = () => board.cards().find(({ state }) => state === 'succeeded');
  await board.waitFor(isDone, 180_000);
  await work.finish();
  return { requests: work.requests, votes: work.votes() };
}

/**
 * Waits until every card says, everywhere, that its run has ended or waits for people, who have gone home,
 * and none has come or changed for a while: each channel gets one a second.
 */
async function settle(grounds: Grounds, bots: Bots, patience: number): Promise<void> {
  await bots.ready();
  let [seen, since] = ['', performance.now()];
  for (; ; await sleep(300)) {
    const cards = [...(await whatIsSeen(grounds)).cards.values()];
    const now = JSON.stringify(cards.map((all) => all.map(({ run, state }) => [run, state])));
    if (now !== seen) [seen, since] = [now, performance.now()];
    const calm = performance.now() - since;
    if (calm > (isSettled(cards) ? patience : 60_000 + patience)) return;
  }
}

/**
 * Waits until there is a card of every request that was taken, or who asked was told that it was left behind:
 * one person hears of one a second, so of many for minutes. Some hear of nothing, having been refused.
 */
async function hearOfAll(grounds: Grounds, requests: readonly Request[]): Promise<void> {
  let [before, since] = [-1, performance.now()];
  for (; ; await sleep(300)) {
    const { cards, left } = await whatIsSeen(grounds);
    const shown = new Set(cards.get(approvals)?.map(({ request }) => request));
    const open = requests.filter(
      ({ taken, number }) => taken && !shown.has(number) && !left.has(number),
    ).length;
    if (open !== before) [before, since] = [open, performance.now()];
    if (open === 0 || performance.now() - since > 20_000) return;
  }
}

function isSettled(places: readonly (readonly Card[])[]): boolean {
  const all = places.flat();
  const said = (cards: readonly Card[]) =>
    new Set(cards.map(({ run, state }) => `${run} ${state}`));
  return (
    all.every(({ state }) => isOver(state) || state === 'waiting') &&
    places.every((cards) => said(cards).size === said(all).size)
  );
}

async function whatIsSeen({ slack }: Grounds): Promise<Pick<Survived, 'cards' | 'told' | 'left'>> {
  const look = async (id: string) => answersIn(await slack.look(id));
  const { manager1, manager2, onCall1 } = people;
  const [first, second, engineer] = await Promise.all([manager1, manager2, onCall1].map(look));
  const alone = (seen: readonly Message[] = []) => seen.filter(({ onlyFor }) => onlyFor !== null);
  return {
    cards: new Map([
      [approvals, cardsIn(first ?? [])],
      [manager1, cardsIn(first ?? [], directMessage(manager1))],
      [manager2, cardsIn(second ?? [], directMessage(manager2))],
      [onCall1, cardsIn(engineer ?? [], directMessage(onCall1))],
    ]),
    told: new Map([
      [manager1, alone(first)],
      [manager2, alone(second)],
      [onCall1, alone(engineer)],
    ]),
    left: leftBehindIn(engineer ?? []),
  };
}
