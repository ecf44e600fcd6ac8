import type { Channel, Group, Member } from '../../protocol.ts';

/** What mentions are called. The object is replaced when a name changes, so it can key a cache. */
export interface Names {
  readonly members: ReadonlyMap<string, Member>;
  readonly groups: ReadonlyMap<string, Group>;
  /** Channel names by id; direct messages are not among them. */
  readonly channels: ReadonlyMap<string, string>;
}

/** What everybody is called before anything is known. */
export const noNames: Names = { members: new Map(), groups: new Map(), channels: new Map() };

const byId = <T extends { id: string }>(list: readonly T[]) =>
  new Map(list.map((entry) => [entry.id, entry]));

/** What is known of a channel by its name. */
type Named = Pick<Channel, 'id' | 'name'> & { kind?: Channel['kind'] };

const channelNames = (channels: readonly Named[]) =>
  new Map(channels.filter(({ kind }) => kind !== 'im').map(({ id, name }) => [id, name]));

/** The names of everybody and everything, by id. */
export const namesOf = (
  members: readonly Member[],
  groups: readonly Group[],
  channels: readonly Named[],
): Names => ({ members: byId(members), groups: byId(groups), channels: channelNames(channels) });

/** What a member is called on the page: by role, never by handle. */
export const calledBy = ({ title, name }: Member): string => title || name;

/** The same for an id; the id itself when nobody has it. */
export function memberName(id: string, { members }: Names): string {
  const member = members.get(id);
  return member ? calledBy(member) : id;
}

/** The same object when the channel's name is known already. */
export function withChannel(names: Names, { id, name, kind }: Named): Names {
  if (kind === 'im' || names.channels.get(id) === name) return names;
  return { ...names, channels: new Map(names.channels).set(id, name) };
}
