import { messageOf } from '../../core/errors.ts';
import type { Absence } from '../../core/incidents.ts';
import type { Log } from '../../core/log.ts';
import type { SlackReach } from '../../core/slack-reach.ts';
import { type KnownLines, type PagingElsewhere, pageElsewhere } from './page-elsewhere.ts';
import { ofThePast, saySlackBack } from './say-slack-back.ts';

/** What it takes to look after incidents while Slack cannot be reached. */
export interface Guarding extends PagingElsewhere {
  outbox: PagingElsewhere['outbox'] & Parameters<typeof saySlackBack>[0]['outbox'];
  reach: Pick<SlackReach, 'away' | 'onBack'>;
  /** Asks Slack for an answer, so that it is known when it is there again; whatever comes of it. */
  probe(): Promise<unknown>;
  log: Log;
  /** Waits so many milliseconds, or until the signal fires. */
  sleep(ms: number, ended?: AbortSignal): Promise<void>;
  /** How often it is looked whether somebody has to be called elsewhere, in milliseconds. */
  every?: number;
}

/** Looks after incidents while Slack cannot be reached, and says so afterwards. */
export interface SlackGuard {
  start(): void;
  /** Whether messages wait: while Slack is away, and until it was said how many follow. */
  holding(): boolean;
  /** Begins nothing more, and waits for what has begun. */
  stop(): Promise<void>;
}

/** Makes it; it begins with `start`. What it does is in the database, so that several do it once. */
export function createSlackGuard(guarding: Guarding): SlackGuard {
  const { reach, log, sleep, every = 2_000 } = guarding;
  let ended = false;
  let loop: Promise<void> = Promise.resolve();
  let back: Absence | null = null;
  const known: KnownLines = new Map();
  let pause = new AbortController();
  reach.onBack(({ from, until }) => {
    back = { from: Math.min(from, back?.from ?? from), until }; // of one before nothing was said yet
    pause.abort();
  });

  const look = async () => {
    if (reach.away() !== null) {
      await guarding.outbox.compact(ofThePast);
      await pageElsewhere(guarding, known);
      await guarding.probe().catch(() => {});
    }
    if (back === null || reach.away() !== null) return;
    const absence = back;
    known.clear();
    await saySlackBack(guarding, absence);
    if (back === absence) back = null;
  };
  const run = async () => {
    while (!ended) {
      pause = new AbortController();
      await look().catch((error: unknown) => {
        log.warn({ why: messageOf(error) }, 'What waits for Slack was not looked at; trying again');
      });
      if (!ended) await sleep(every, pause.signal);
    }
  };
  return {
    start() {
      loop = run();
    },
    holding: () => reach.away() !== null || back !== null,
    async stop() {
      ended = true;
      pause.abort();
      await loop;
    },
  };
}
