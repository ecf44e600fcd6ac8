import type { OutboxRow, Sent } from '../../core/outbox.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { perhapsRepeated } from '../../views/blocks/perhaps-repeated.ts';
import { plainly } from '../answer.ts';
import type { AttemptOptions, Drawn } from './attempt-options.ts';
import { createOldCards } from './outbox-old-card.ts';
import { roomIn } from './outbox-places.ts';
import { editGate, postGate } from './outbox-rests.ts';
import { keyOf, searchHistory } from './outbox-search.ts';
import { isUnreadable, type Trouble } from './outbox-trouble.ts';

/** How long a row is its taker's, by the monotonic clock. */
export interface Held {
  /** Nothing is sent at that moment or later: the call would last for too long. */
  until: number;
  /** Nothing at all is asked of Slack at that moment or later: the row may be somebody else's by then. */
  end: number;
}

/**
 * Tries once to bring a message to where it has to be, for as long as it is ours. `calling` hears that the call is
 * made that the row was handed out with.
 */
export type Attempt = (row: OutboxRow, held: Held, calling?: () => void) => Promise<Sent>;

/** What one attempt needs. */
interface Attempting extends AttemptOptions {
  calling: () => void;
  held: Held;
}

/** Between two posts into a channel, and between two edits of a message, in milliseconds. */
const apart = { posts: 1_000, edits: 1_500 };
/** How far back a message is looked for that may have arrived, in seconds. */
const lookBack = 24 * 60 * 60;
/** The longest pause between two tries, in milliseconds. */
const longest = 600_000;
/** How soon it is known that a channel is lost, and how often is looked for one of an incident that is over. */
const [untilKnown, untilReopened] = [2_000, 3_600_000];

/** Makes attempts. */
export function createAttempt(tools: AttemptOptions): Attempt {
  const emptyOldCard = createOldCards(tools);
  return async (row, held, calling = () => {}) => {
    const options = { ...tools, calling, held };
    const room = roomIn(row.to) === null ? null : await options.places(row.to);
    const trouble = await emptyOldCard(row, room);
    if (trouble) return postponed(row, trouble.retryIn, trouble.why);
    if (room && !room.ok) return withoutRoom(row, room.error);
    const stands = room === null || row.posted?.channel === room.value ? row.posted : null;
    const sent = stands ? await edit(options, row, stands) : null;
    return sent ?? bring(options, row, room);
  };
}

/** Posts it where it has to be, unless an earlier attempt has brought it there. */
async function bring(
  options: Attempting,
  row: OutboxRow,
  room: Result<string, Trouble> | null,
): Promise<Sent> {
  const { waits } = row;
  if (waits > apart.posts) return postponed(row, waits, 'the channel has to rest');
  if (waits > 0 && !(await options.pause(waits))) return postponed(row, 0, stopping);
  const channel = room ?? (await options.places(row.to));
  if (!channel.ok) return notTried(options, row, channel.error);
  const found = await find(options, row, channel.value);
  if (!found.ok) return inDoubt(options, row, channel.value, found.error);
  if (found.value === null) return post(options, row, channel.value);
  const posted = { channel: channel.value, ts: found.value };
  return { kind: 'shown', version: row.shown, posted }; // whatever it shows, it is edited next
}

const stopping = 'Gatehouse is stopping';

type Posted = NonNullable<OutboxRow['posted']>;

/** Null when the message is not there any more. */
async function edit(options: Attempting, row: OutboxRow, posted: Posted): Promise<Sent | null> {
  const { api, call, gates } = options;
  const gate = editGate(row);
  const retryIn = Math.max(gates.wait(gate), row.waits);
  if (retryIn > 0) return postponed(row, retryIn, 'it was edited a moment ago');
  const drawn = await drawIn(options, row);
  if (!drawn.ok) return drawn.error;
  const { message, version } = drawn.value;
  gates.close(gate, apart.edits);
  const what = { ...posted, ...message, parse: 'none', link_names: false } as const;
  const done = await call('chat.update', row.to, () => {
    options.calling();
    return api.chat.update({ ...what, metadata: keyOf(row) });
  });
  if (done.ok) return { kind: 'shown', version, posted };
  if (done.error.kind === 'gone') return null;
  if (done.error.kind !== 'unclear') return notTried(options, row, done.error);
  const { retryIn: again, why } = done.error;
  return { kind: 'ambiguous', retryIn: again, why, counts: false }; // a second edit does no harm
}

/** Where the message stands, if an earlier attempt has brought it there. */
async function find(
  { api, call, clock, held }: Attempting,
  row: OutboxRow,
  channel: string,
): Promise<Result<string | null, Trouble>> {
  if (!row.ambiguous) return ok(null);
  const since = Math.floor(clock.now() / 1_000) - lookBack;
  const history: typeof api.conversations.history = async (what) => {
    if (clock.monotonic() < held.end) return api.conversations.history(what);
    throw new Error('it took too long to look whether it has arrived');
  };
  const inTime = { conversations: { history } };
  return call('conversations.history', row.to, () =>
    searchHistory(inTime, row, { channel, since }),
  );
}

/** Nobody can see whether it has arrived. What calls somebody is sent once more and says so; the rest waits. */
async function inDoubt(
  options: Attempting,
  row: OutboxRow,
  channel: string,
  trouble: Trouble,
): Promise<Sent> {
  if (!isUnreadable(trouble)) return notTried(options, row, trouble);
  const drawn = await drawIn(options, row);
  if (!drawn.ok) return drawn.error;
  if (drawn.value.page !== true) return notTried(options, row, trouble);
  const again = { ...drawn.value, message: perhapsRepeated(drawn.value.message) };
  return post({ ...options, draw: async () => again }, row, channel);
}

async function post(options: Attempting, row: OutboxRow, channel: string): Promise<Sent> {
  const { api, call, gates, pause } = options;
  const gate = postGate(row);
  if (!(await pause(gates.wait(gate)))) return postponed(row, 0, stopping);
  const drawn = await drawIn(options, row);
  if (!drawn.ok) return drawn.error;
  const { message, version } = drawn.value;
  gates.close(gate, apart.posts);
  gates.close(editGate(row), apart.edits);
  const done = await call('chat.postMessage', row.to, async () => {
    options.calling();
    const what = { channel, ...message, ...plainly, metadata: keyOf(row) };
    const { ts } = await api.chat.postMessage(what);
    if (!ts) throw new Error('Slack does not say where the message stands');
    return ts;
  });
  if (done.ok) return { kind: 'shown', version, posted: { channel, ts: done.value } };
  if (done.error.kind !== 'unclear') return notTried(options, row, done.error);
  const retryIn = Math.min(longest, done.error.retryIn * 2 ** Math.max(0, row.attempts - 1));
  return { kind: 'ambiguous', retryIn, why: done.error.why };
}

/** Draws as late as can be, so that the newest is what is sent; what cannot be sent is the error. */
async function drawIn(
  { draw, clock, held }: Attempting,
  row: OutboxRow,
): Promise<Result<Drawn, Sent>> {
  const drawn = await draw(row);
  if (!drawn) return err({ kind: 'never', why: 'there is nothing to show any more' });
  if (clock.monotonic() < held.until) return ok(drawn);
  return err(postponed(row, 0, 'too little time was left to send it'));
}

type Postponed = Extract<Sent, { retryIn: number }>;

/** Nothing was sent; whether an earlier attempt has arrived is as unknown as before. */
const postponed = (row: OutboxRow, retryIn: number, why: string): Postponed => ({
  kind: row.ambiguous ? 'ambiguous' : 'not-now',
  retryIn,
  why,
  counts: false,
});

/** What the channel of an incident does not take waits for another one: whoever looks after it hears of it. */
function notTried(
  { rooms }: Pick<AttemptOptions, 'rooms'>,
  row: OutboxRow,
  trouble: Trouble,
): Sent {
  const { kind, retryIn, why } = trouble;
  const incident = roomIn(row.to);
  if (kind === 'closed' && incident !== null) {
    rooms?.refused(incident);
    return postponed(row, untilKnown, why);
  }
  const isFinal = kind === 'refused' || kind === 'gone' || kind === 'closed';
  return isFinal ? { kind: 'never', why } : postponed(row, retryIn, why);
}

/** There is no channel. A card that nobody will see there any more is nothing that anybody misses. */
function withoutRoom(row: OutboxRow, { kind, retryIn, why }: Trouble): Sent {
  if (kind === 'later') return postponed(row, retryIn, why);
  if (row.kind !== 'incident') return { kind: 'never', why };
  return { ...postponed(row, untilReopened, why), wanted: row.wanted };
}
