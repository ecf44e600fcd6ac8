import type { OutboxRooms, RoomFound } from '../bot/outbox/outbox-places.ts';
import { messageOf } from '../core/errors.ts';
import { type Incident, isOpen } from '../core/incident.ts';
import type { IncidentRoom } from '../core/incident-room.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import type { Outbox } from '../core/outbox.ts';
import type { Setups } from '../incidents/channel/setups.ts';
import { roomOf } from '../incidents/decision.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';
import { oldCardsOf } from './old-cards.ts';

/** What it takes to look after the channels of incidents. */
export interface WatchingRooms {
  incidents: Pick<Incidents, 'find' | 'inChannel' | 'unfinished'>;
  outbox: Pick<Outbox, 'standing'>;
  life: Pick<IncidentLife, 'do'>;
  room: Pick<IncidentRoom, 'lost'>;
  setups: Pick<Setups, 'begin'>;
  log: Log;
}

/** Whoever looks after the channels of incidents. */
export interface RoomWatch {
  /** What the outbox asks and tells. */
  rooms: OutboxRooms;
  /** Something has happened to a channel, by its Slack id: whether it is lost or back is asked of Slack, not believed. */
  changed(channel: string): void;
  /** Looks whether what is pinned is the card, and whether a lost channel is back, of every incident that is not finished. */
  all(): Promise<void>;
  /** Resolves once everything that was begun has come to an end. */
  idle(): Promise<void>;
}

/** Looks after the channels of incidents: whether they are lost, and whether their cards are pinned. */
export function watchRooms(watching: WatchingRooms): RoomWatch {
  const { incidents, setups, log } = watching;
  const going = new Map<string, Promise<void>>();
  const once = (key: string, work: () => Promise<void>) => {
    if (going.has(key)) return;
    const ends = work()
      .catch((error: unknown) => {
        log.warn({ key, why: messageOf(error) }, 'The channel of an incident was not looked at');
      })
      .finally(() => going.delete(key));
    going.set(key, ends);
  };
  const look = async (seen: { incident: Incident } | null) => {
    if (seen) await noteRoom(watching, seen.incident);
  };
  return {
    rooms: {
      find: async (id) => roomFound((await incidents.find(id))?.incident ?? null),
      refused: (id) => once(`lost ${id}`, async () => look(await incidents.find(id))),
      cardStands: (id) => once(`card ${id}`, () => goOn(watching, id)),
      oldCards: oldCardsOf(watching),
    },
    changed: (channel) => once(channel, async () => look(await incidents.inChannel(channel))),
    async all() {
      for (const { incident } of await incidents.unfinished()) {
        const { channel, id } = incident;
        if (channel !== null && channel.lost !== null) once(`lost ${id}`, () => look({ incident }));
        await checkPin(watching, incident);
      }
    },
    idle: async () => {
      await Promise.all(going.values());
    },
  };

  /** The card is there: the step that waits for it goes on, or the pin moves. */
  async function goOn(tools: WatchingRooms, id: string): Promise<void> {
    const seen = await incidents.find(id);
    if (seen) await checkPin(tools, seen.incident);
    setups.begin(id, ['card', 'pin']);
  }
}

/** How soon is looked again for a channel that is being made, and for one in place of a lost one, in milliseconds. */
const again = { made: 500, lost: 15_000 };

/** Where the messages for an incident's own channel go now. */
export function roomFound(incident: Incident | null): RoomFound {
  if (incident === null) return { kind: 'none', why: 'there is no such incident' };
  const { channel, setup, state } = incident;
  if (channel?.lost === null) return { kind: 'open', channel: channel.id };
  const why = `its channel is lost: ${channel?.lost ?? 'it could not be made'}`;
  if (!isOpen(state)) return { kind: 'none', why };
  if (channel === null && setup.channel.kind !== 'failed') {
    return { kind: 'waiting', ms: again.made, why: 'its channel is being made' };
  }
  return { kind: 'waiting', ms: again.lost, why };
}

/** Writes down that a channel is lost, or is back, when Slack says so. */
async function noteRoom({ room, life, log }: WatchingRooms, incident: Incident): Promise<void> {
  const { id, channel } = incident;
  if (channel === null) return;
  const found = await room.lost(channel.id);
  if (found.kind !== 'done' || (found.value === null) === (channel.lost === null)) return;
  const why = found.value;
  const fields = { incident: id, channel: channel.id };
  if (why === null) log.info(fields, 'The channel of an incident is back');
  else log.warn({ ...fields, why }, 'The channel of an incident is lost');
  await life.do(id, why === null ? { kind: 'room-back' } : { kind: 'room-lost', why }, null);
}

/** Where the card stands in the channel that the incident has now, as a timestamp; null while it does not. */
export async function cardIn(
  outbox: Pick<Outbox, 'standing'>,
  incident: Incident,
): Promise<string | null> {
  const found = await outbox.standing(incident.id, 'incident', roomOf(incident));
  return found !== null && found.channel === incident.channel?.id ? found.ts : null;
}

/** Another message than the pinned one is the card when somebody has deleted the first. */
async function checkPin({ outbox, life }: WatchingRooms, incident: Incident): Promise<void> {
  const { id, channel, setup, state } = incident;
  if (!isOpen(state) || channel === null || channel.lost !== null || setup.pin.kind !== 'done')
    return;
  const ts = await cardIn(outbox, incident);
  if (ts !== null && ts !== channel.pinned) await life.do(id, { kind: 'card-moved', ts }, null);
}
