import type { RunState } from '../../../src/core/run.ts';
import { runStates } from '../../../src/core/run.ts';
import { stateWords } from '../../../src/views/runs/run-words.ts';
import type { WorkspaceClient } from '../../../workspace/client.ts';
import { people } from '../../../workspace/people.ts';
import type { Message } from '../../../workspace/protocol.ts';
import { answersIn, textOf } from '../../support/person.ts';
import { approvals } from '../../support/run-catalogue.ts';

/** A run's message, as people see it. */
export interface Card {
  run: string;
  /** The state that it says. */
  state: RunState;
  /** Which request it is about: the number in its reason. */
  request: number;
  message: Message;
}

/** What an answer says that something is asked for. */
export interface Told {
  run: string;
  service: string;
}

/** What people see, looked at again and again for all who wait for something. */
export interface Board {
  /** What hangs in the approvals channel. */
  cards(): readonly Card[];
  /** What the on-call engineer was told, oldest first. */
  told(): readonly Told[];
  /** Resolves with what `wanted` finds, or with null after so many milliseconds. */
  waitFor<Found>(wanted: () => Found | undefined, ms: number): Promise<Found | null>;
}

/** The reason that a request is given, to be found again on its card. */
export const reasonOf = (request: number): string => `leak number ${request} of this day`;

/** Every card that is to be seen in a channel. */
export const cardsIn = (messages: readonly Message[], channel: string = approvals): Card[] =>
  messages
    .filter((one) => one.channel === channel && one.onlyFor === null)
    .flatMap((message) => {
      const text = textOf(message);
      const run = /Run `(R-[0-9A-F]{6})`/.exec(text)?.[1];
      const state = runStates.find((one) => text.includes(`*${stateWords[one]}*`));
      const request = Number(/leak number (\d+)/.exec(text)?.[1]);
      return run && state ? [{ run, state, request, message }] : [];
    });

/** The requests that are said to have been left behind, by number. */
export const leftBehindIn = (messages: readonly Message[]): Set<number> =>
  new Set(
    messages
      .map(textOf)
      .filter((text) => text.includes('Gatehouse was stopped while it worked on'))
      .flatMap((text) => /leak number (\d+)/.exec(text)?.[1] ?? [])
      .map(Number),
  );

/** Between two looks, in milliseconds. */
const pause = 200;

/** Looks at the board of that workspace as the first manager, and at the answers as who asks. */
export function watchBoard(slack: WorkspaceClient): Board {
  let cards: readonly Card[] = [];
  let told: readonly Told[] = [];
  let looking: Promise<unknown> | null = null;
  const look = async () => {
    const [manager, engineer] = await Promise.all(
      [people.manager1, people.onCall1].map((id) => slack.look(id)),
    );
    cards = manager ? cardsIn(answersIn(manager)) : [];
    told = engineer ? answersIn(engineer).flatMap(toldIn) : [];
    await new Promise((resolve) => setTimeout(resolve, pause));
    looking = null;
  };
  return {
    cards: () => cards,
    told: () => told,
    async waitFor(wanted, ms) {
      for (const end = performance.now() + ms; performance.now() < end; await looking) {
        const found = wanted();
        if (found !== undefined) return found;
        looking ??= look();
      }
      return wanted() ?? null;
    },
  };
}

function toldIn(message: Message): Told[] {
  const text = textOf(message);
  const service = /Restart (\w+)@prod.* is asked for/.exec(text)?.[1];
  const run = /R-[0-9A-F]{6}/.exec(text)?.[0];
  return service && run ? [{ service, run }] : [];
}
