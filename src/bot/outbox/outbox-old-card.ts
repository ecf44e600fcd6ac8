import type { OutboxRow, Standing } from '../../core/outbox.ts';
import type { Result } from '../../core/result.ts';
import { leftCard } from '../../views/incidents/left-card.ts';
import type { AttemptOptions } from './attempt-options.ts';
import { type OldCards, roomIn } from './outbox-places.ts';
import { isNotOurs, type Trouble } from './outbox-trouble.ts';

/** Takes what a card says out of a channel that its incident has left; answers why that has to be tried again. */
export type EmptyOldCard = (
  row: OutboxRow,
  room: Result<string, Trouble> | null,
) => Promise<Trouble | null>;

/** So many are remembered that were emptied; with more of them one may be emptied twice, which does no harm. */
const most = 1_000;

/**
 * Empties the card where it stood before it is shown anywhere else: whoever still reads that channel is to see
 * neither what the incident is called now nor buttons that do nothing.
 */
export function createOldCards(
  options: Pick<AttemptOptions, 'api' | 'call'> & { rooms?: { oldCards?: OldCards } },
): EmptyOldCard {
  const { rooms } = options;
  const emptied = new Set<string>();
  return async (row, room) => {
    const { posted, to, kind } = row;
    const incident = roomIn(to);
    const isThere = room?.ok && room.value === posted?.channel;
    if (!rooms?.oldCards || kind !== 'incident' || !posted || incident === null || isThere)
      return null;
    const key = `${posted.channel} ${posted.ts}`;
    if (emptied.has(key)) return null;
    const whose = await rooms.oldCards.whose(incident, posted);
    if (whose === 'its') return null;
    const trouble = await empty(options, incident, posted, whose === 'secret');
    if (trouble !== null && !isFinal(trouble)) return trouble;
    await rooms.oldCards.left(incident, posted, trouble?.why ?? null);
    if (emptied.size >= most) emptied.clear();
    emptied.add(key);
    return null;
  };
}

const isFinal = ({ kind }: Trouble): boolean => ['closed', 'refused', 'gone'].includes(kind);

/** Null when nothing of it stands there any more. What may not be left is deleted where it cannot be changed. */
async function empty(
  { api, call }: Pick<AttemptOptions, 'api' | 'call'>,
  incident: string,
  { channel, ts }: Standing,
  isSecret: boolean,
): Promise<Trouble | null> {
  const what = { channel, ts, ...leftCard(incident), parse: 'none', link_names: false } as const;
  const changed = await call('chat.update', channel, () => api.chat.update(what));
  if (changed.ok || (changed.error.kind === 'gone' && !isNotOurs(changed.error))) return null;
  if (!isSecret || !isFinal(changed.error)) return changed.error;
  const deleted = await call('chat.delete', channel, () => api.chat.delete({ channel, ts }));
  return deleted.ok || deleted.error.kind === 'gone' ? null : deleted.error;
}
