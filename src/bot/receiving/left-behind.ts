import { messageOf } from '../../core/errors.ts';
import type { Intake, LeftBehind } from '../../core/intake.ts';
import type { Log } from '../../core/log.ts';
import type { Answer, Asker, Desk } from '../../handlers/desk.ts';
import { readNoticed } from '../../handlers/marks/noticed.ts';
import { createInFlight } from '../in-flight.ts';
import { readKept } from './kept-request.ts';

/** What it takes to tell people what became of their changes. */
export interface LeftBehindOptions {
  intake: Pick<Intake, 'takeUp' | 'settle'>;
  desk: Pick<Desk, 'tellLeftBehind' | 'notice'>;
  /** Says first what this process is at itself. */
  hold(): Promise<void>;
  /** Writes to one person, so that it stays. */
  direct(asker: Asker): Pick<Answer, 'say'>;
  log: Log;
}

/** Looks for what dead processes left. */
export interface LeftBehindWatch {
  start(): void;
  /** Waits for what has begun, at most this many milliseconds. */
  stop(patience: number): Promise<void>;
}

/** Between two looks, in milliseconds. */
const pause = 3_000;
/** So many at once. */
const portion = 20;
/** After how long somebody who cannot be reached is not told any more, in milliseconds. */
const longest = 24 * 60 * 60_000;

/**
 * Finds changes that were taken by a process that is gone, this one’s last life included, and tells
 * whoever asked. Nothing is carried out: the acknowledgement may never have arrived, or may have said
 * that nothing happens, and so only the person can say whether it still is to be done.
 */
export function watchLeftBehind(options: LeftBehindOptions): LeftBehindWatch {
  const { intake, hold, log } = options;
  const working = createInFlight();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async () => {
    await hold();
    const left = await intake.takeUp(portion);
    for (const one of left) await tell(one, options);
    return left.length;
  };
  const lookAgain = async () => {
    const found = await look().catch((error: unknown) => {
      log.debug({ why: messageOf(error) }, 'What was left behind cannot be looked for');
      return 0;
    });
    if (!stopped) timer = setTimeout(start, found < portion ? pause : 0).unref();
  };
  const start = () => void working.add(lookAgain());
  return {
    start,
    async stop(patience) {
      stopped = true;
      clearTimeout(timer);
      await working.idle(patience);
    },
  };
}

/** It is settled once the person was told; until then it is found again. */
async function tell(
  { key, request, receivedAt, age }: LeftBehind,
  { intake, desk, direct, log }: LeftBehindOptions,
): Promise<void> {
  const noticed = readNoticed(request);
  const kept = noticed === null ? readKept(request) : null;
  try {
    // Doing it again changes nothing, and Slack still says how it has to be.
    if (noticed !== null) await desk.notice?.(noticed);
    else if (kept === null)
      log.error({ key }, 'A change was left behind that this version cannot read');
    else await desk.tellLeftBehind({ ...kept, key, receivedAt, age }, direct(kept.asked.asker));
    const what = 'A change that was left behind was told to who had asked, or done';
    log.info({ key, age }, what);
  } catch (err) {
    log.error({ key, err }, 'Somebody could not be told of a change that was left behind');
    if (age < longest) return;
  }
  await intake.settle([key]).catch((error: unknown) => {
    log.warn({ key, why: messageOf(error) }, 'What is done could not be noted');
  });
}
