import type { OldCards } from '../bot/outbox/outbox-places.ts';
import type { Incidents } from '../core/incidents.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';

/** What it takes to know whose an old card is, and to write down what became of it. */
export interface OldCardTools {
  incidents: Pick<Incidents, 'find'>;
  life: Pick<IncidentLife, 'do'>;
}

/** Cards in channels that their incidents have left. Whatever else stands there is looked for by itself. */
export const oldCardsOf = ({ incidents, life }: OldCardTools): OldCards => ({
  async whose(id, { channel }) {
    const incident = (await incidents.find(id))?.incident;
    if (!incident || incident.channel?.id === channel) return 'its';
    return incident.security ? 'secret' : 'left';
  },
  async left(id, { channel, ts }, why) {
    await life.do(id, { kind: 'card-left', from: channel, ts, why }, null);
  },
});
