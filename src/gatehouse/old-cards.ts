import type { OldCards } from '../bot/outbox-places.ts';
import type { IncidentRoom } from '../core/incident-room.ts';
import type { Incidents } from '../core/incidents.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';

/** What it takes to know whose an old card is, and to write down what became of it. */
export interface OldCardTools {
  incidents: Pick<Incidents, 'find'>;
  life: Pick<IncidentLife, 'do'>;
  room: Pick<IncidentRoom, 'setTopic'>;
}

/**
 * Cards in channels that their incidents have left. Of what is about security the topic of the channel goes as
 * well; whether Slack takes that is not waited for, since what it said was read by everybody.
 */
export const oldCardsOf = ({ incidents, life, room }: OldCardTools): OldCards => ({
  async whose(id, { channel }) {
    const incident = (await incidents.find(id))?.incident;
    if (!incident || incident.channel?.id === channel) return 'its';
    return incident.security ? 'secret' : 'left';
  },
  async left(id, { channel, ts }, why) {
    const done = await life.do(id, { kind: 'card-left', from: channel, ts, why }, null);
    if (done.ok && done.value.security) void room.setTopic(channel, `${id} goes on elsewhere`);
  },
});
