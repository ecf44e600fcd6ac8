import type { z } from 'zod';
import type { Incident } from '../core/incident.ts';
import type { IncidentDeed } from '../core/incident-command.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import type { Actor } from '../incidents/incident-life.ts';
import { declaredMessage, didMessage } from '../views/incident-answer.ts';
import { incidentCard } from '../views/incident-card.ts';
import { incidentList, incidentPicker } from '../views/incident-picker.ts';
import { incidentRefusalMessage } from '../views/incident-refusal.ts';
import type { Asking, Command } from './command.ts';
import {
  acknowledgeDeclared,
  listDeclared,
  showDeclared,
  startDeclared,
} from './incident-declared.ts';
import type { IncidentTools } from './incident-tools.ts';
import { meantIncident } from './meant-incident.ts';
import { readDeclaration } from './read-declaration.ts';
import { readOrSay } from './read-or-say.ts';

type Asks = Omit<Asking, 'catalogue'>;

const looking = { group: 'Incidents', changes: false };
const changing = { group: 'Incidents', changes: true };

/** The commands about incidents: they go the same way as the buttons do. */
export const incidentCommands = (tools: IncidentTools): Command[] => [
  start(tools),
  list(tools),
  show(tools),
  acknowledge(tools),
];

const start = (tools: IncidentTools): Command => ({
  ...startDeclared,
  ...changing,
  async perform({ params }, asking) {
    const given = params as z.output<typeof startDeclared.params>;
    const { severity, target, title } = readDeclaration(
      given.words,
      asking.setting.catalogue,
      tools.severityWords,
    );
    const { person, place, origin } = asking;
    const declared = await tools.life.declare({
      title: title || (target ? `${target.service} is in trouble` : 'Something is wrong'),
      severity,
      security: given.security,
      target,
      impact: [],
      seen: null,
      page: !given.quiet,
      by: person,
      askedIn: place?.channel ?? null,
      origin,
    });
    if (!declared.ok) return refuseIncident(declared.error, asking);
    await asking.show(declaredMessage, declared.value);
  },
});

const list = (tools: IncidentTools): Command => ({
  ...listDeclared,
  ...looking,
  async perform({ params }, { show }) {
    const { all, service } = params as z.output<typeof listDeclared.params>;
    const states = all ? {} : { states: openStates };
    const query = { ...states, ...(service !== undefined && { service }), limit: 20 };
    await show(incidentList, await readOrSay(() => tools.life.list(query)));
  },
});

const openStates = ['triage', 'investigating', 'identified', 'mitigating', 'monitoring'] as const;

const show = (tools: IncidentTools): Command => ({
  ...showDeclared,
  ...looking,
  async perform({ params }, asking) {
    const { words, incident } = params as z.output<typeof showDeclared.params>;
    await withIncident(words[0] ?? incident, 'incident show', asking, tools, async (meant) => {
      const matter = await tools.matter(meant);
      await asking.show(({ one }) => incidentCard(one, matter), { one: meant });
    });
  },
});

const acknowledge = (tools: IncidentTools): Command => ({
  ...acknowledgeDeclared,
  ...changing,
  async perform({ params }, asking) {
    const { incident, undo } = params as z.output<typeof acknowledgeDeclared.params>;
    const deed = { kind: undo ? 'unacknowledge' : 'acknowledge' } as const;
    const typed = `incident ack${undo ? ' --undo' : ''}`;
    await withIncident(incident, typed, asking, tools, (meant) =>
      doDeed(meant.id, deed, undo ? 'Taken back' : 'You are on it', asking, tools),
    );
  },
});

/** Finds the incident that is meant and goes on with it; else says that there is none, or asks which. */
export async function withIncident(
  named: string | undefined,
  typed: string,
  asking: Asks,
  tools: IncidentTools,
  goOn: (incident: Incident) => Promise<void>,
): Promise<void> {
  const meant = await meantIncident(named, asking, tools);
  if (meant.ok === 'choose') return asking.show(incidentPicker, { typed, open: meant.open });
  if (!meant.ok) return refuseIncident(meant.error, asking);
  await goOn(meant.value);
}

/** Does something for the person, and tells them what came of it. With `seen`, as a click on a card. */
export async function doDeed(
  id: string,
  deed: IncidentDeed,
  did: string,
  asking: Asks,
  { life }: Pick<IncidentTools, 'life'>,
  seen?: number,
): Promise<void> {
  const done = await life.do(id, deed, actorIn(asking), seen);
  if (!done.ok) return refuseIncident(done.error, asking);
  await asking.show(didMessage, { did, incident: done.value });
}

/** Who does it, with the roles that are known now. */
export const actorIn = ({ person }: Pick<Asks, 'person'>): Actor => ({
  id: person.id,
  team: person.team,
  holds: person.roles,
});

/** Says why nothing was done to an incident. */
export const refuseIncident = (
  refusal: IncidentRefusal,
  { show }: Pick<Asks, 'show'>,
): Promise<void> => show(incidentRefusalMessage, refusal);
