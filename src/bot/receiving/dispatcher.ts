import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Redactor } from '../../core/redactor.ts';
import type { Answer, Asked, Desk } from '../../handlers/desk.ts';
import { createInFlight } from '../in-flight.ts';
import type { HeldMarks } from '../marks/held-marks.ts';
import type { Acknowledge } from './acknowledgement.ts';
import { meaningOf } from './asked.ts';
import { type Decline, declinePayload, declineText, faultText, paragraph } from './declined.ts';
import type { Admission, Deliveries } from './deliveries.ts';
import { keepRequest } from './kept-request.ts';
import type { Meaning, Route } from './meaning.ts';
import type { Meter } from './meter.ts';
import type { Deliver } from './through-bolt.ts';

/** What the dispatcher needs. */
export interface DispatcherOptions {
  desk: Desk;
  deliveries: Deliveries;
  /** Keeps what was done to messages while it cannot be written down. */
  marks: Pick<HeldMarks, 'keep'>;
  /** The ways to answer what was asked. */
  answer(asked: Asked, route: Route): Answer;
  /** Told when Slack says that a person, a group or a channel changed. */
  forget(what: 'person' | 'group' | 'channel', id: string): void;
  /** The bot's own user id, once it is known. */
  botUser(): string | null;
  /** Whether the database has only begun to open. */
  opening?(): boolean;
  /** A few letters for a person to quote and for the log to be searched by. */
  faultCode(): string;
  /** Takes secrets out of what is kept of a request. */
  redactor: Pick<Redactor, 'redactAll'>;
  meter: Meter;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/** Every delivery from Slack comes through here. */
export interface Dispatcher {
  deliver: Deliver;
  /** From now on whatever arrives is told that Gatehouse is stopping. */
  stopTaking(): void;
  /** Waits for what has begun, at most this many milliseconds; answers how much is left. */
  idle(patience: number): Promise<number>;
}

type AskedMeaning = Extract<Meaning, { kind: 'asked' }>;

/** Acknowledges every delivery, lets each in once, and hands it to the desk. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { desk, deliveries } = options;
  const working = createInFlight();
  let stopping = false;

  const admit = async ({ asked, delivery }: AskedMeaning): Promise<Admission | 'stopping'> => {
    if (stopping) return 'stopping';
    if (changes(desk, asked)) {
      const request = keepRequest(asked, options.redactor.redactAll);
      return deliveries.admitChange({ ...delivery, request });
    }
    return deliveries.admitReading(delivery);
  };
  const dispatch = async (meaning: AskedMeaning, acknowledge: Acknowledge) => {
    const arrived = options.clock.monotonic();
    const admission = await admit(meaning);
    const acted = act(admission, meaning, acknowledge, options);
    const { kind } = meaning.delivery;
    options.meter.delivered(kind, admission);
    options.meter.acknowledged(kind, (options.clock.monotonic() - arrived) / 1_000);
    await acted;
  };
  return {
    async deliver(body, acknowledge) {
      const meaning = meaningOf(body, options.botUser());
      if (meaning.kind === 'asked') return working.add(dispatch(meaning, acknowledge));
      if (meaning.kind === 'noticed') return working.add(notice(meaning, acknowledge, options));
      if (meaning.kind === 'changed') options.forget(meaning.what, meaning.id);
      await acknowledge();
    },
    stopTaking() {
      stopping = true;
    },
    idle: working.idle,
  };
}

/**
 * What was done to a message is written down before it is acknowledged, where it must not get lost, and done
 * afterwards. What is not done in this process, whatever the reason, another look at what was left does.
 */
async function notice(
  { noticed, delivery }: Extract<Meaning, { kind: 'noticed' }>,
  acknowledge: Acknowledge,
  { desk, deliveries, marks, meter, log }: DispatcherOptions,
): Promise<void> {
  const admission = delivery === null ? 'new' : await deliveries.admitChange(delivery);
  if (delivery) meter.delivered(delivery.kind, admission);
  await acknowledge();
  if (admission === 'not-recorded') {
    log.warn({ key: delivery?.key }, 'What was done to a message is kept in memory for now');
    return noticed.kind === 'spoke' ? undefined : marks.keep(noticed);
  }
  if (admission === 'copy') return;
  try {
    await desk.notice?.(noticed);
    if (delivery) deliveries.finished(delivery.key);
  } catch (err) {
    log.warn({ err, what: noticed.kind }, 'A message did not come onto a timeline yet');
    if (delivery) deliveries.leave(delivery.key);
  }
}

/** When the desk cannot tell, it is taken for a change. */
function changes(desk: Desk, asked: Asked): boolean {
  try {
    return desk.changes(asked);
  } catch {
    return true;
  }
}

/** Acknowledges before anything else is done; nothing in here waits before it has. */
async function act(
  admission: Admission | 'stopping',
  meaning: AskedMeaning,
  acknowledge: Acknowledge,
  options: DispatcherOptions,
): Promise<void> {
  switch (admission) {
    case 'new':
      void acknowledge();
      return handle(meaning, options);
    case 'copy':
      return acknowledge();
    case 'not-recorded':
      return decline(options.opening?.() ? 'starting' : admission, meaning, acknowledge, options);
    case 'stopping':
      return decline(admission, meaning, acknowledge, options);
  }
}

async function decline(
  why: Decline,
  { asked, route }: AskedMeaning,
  acknowledge: Acknowledge,
  { answer, log }: DispatcherOptions,
): Promise<void> {
  const payload = declinePayload(asked, why);
  await acknowledge(payload);
  if (payload || asked.kind === 'home') return;
  const saying = answer(asked, route).say(paragraph(declineText(why)));
  await saying.catch((err: unknown) => log.warn({ err }, 'Could not say that nothing will happen'));
}

/** The one place where whatever a handler throws is caught, told to the person and logged. */
async function handle({ asked, route, delivery }: AskedMeaning, options: DispatcherOptions) {
  const { deliveries } = options;
  const answer = options.answer(asked, route);
  try {
    await options.desk.handle(asked, answer, delivery.key);
    deliveries.finished(delivery.key);
  } catch (err) {
    const fault = options.faultCode();
    const { kind, actor } = delivery;
    options.log.error({ fault, kind, actor, err }, 'A request broke off');
    options.meter.delivered(kind, 'fault');
    const telling = answer.say(paragraph(faultText(fault)));
    await telling.then(
      () => deliveries.finished(delivery.key),
      (why: unknown) => {
        deliveries.leave(delivery.key);
        options.log.warn({ fault, err: why }, 'The person could not be told of a fault');
      },
    );
  }
}
