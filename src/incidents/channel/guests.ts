import { type Incident, isOpen } from '../../core/incident.ts';

type Involved = Pick<Incident, 'declaredBy' | 'roles' | 'acknowledged' | 'escalations' | 'joined'>;

/**
 * Who belongs into the channel, by Slack user id: whoever declared it, acknowledged it or has a role in it, and
 * whoever was called, but for those who have said that they do not come; and whoever wanted to be let in.
 */
export const guestsOf = ({
  declaredBy,
  roles,
  acknowledged,
  escalations,
  joined,
}: Involved): string[] => [
  ...new Set([
    declaredBy.id,
    ...Object.values(roles).map(({ by }) => by),
    ...(acknowledged ? [acknowledged.by] : []),
    ...Object.keys(joined ?? {}),
    ...escalations.flatMap(({ people, answer }) => (answer?.kind === 'not-me' ? [] : people)),
  ]),
];

/** Those of them whom nobody has tried to invite yet. Whoever has left the channel is not called back. */
export const uninvited = (incident: Involved & Pick<Incident, 'channel'>): string[] =>
  guestsOf(incident).filter((id) => !Object.hasOwn(incident.channel?.invited ?? {}, id));

/** The same incident with the invitation open again, when somebody belongs there now who did not before. */
export function withGuests(incident: Incident): Incident {
  const { channel, setup, state } = incident;
  if (!isOpen(state) || channel === null || channel.lost !== null) return incident;
  if (setup.invite.kind === 'open' || uninvited(incident).length === 0) return incident;
  return { ...incident, setup: { ...setup, invite: { kind: 'open', tries: 0, why: null } } };
}
