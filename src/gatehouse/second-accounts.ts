import type { SlackDirectory } from '../bot/people/directory.ts';

/**
 * A directory that answers people by one account only: whoever has two would be two people to every
 * approval, to the kill switch and to every limit. `second` says which account counts, by the other one.
 */
export const refuseSecondAccounts = (
  directory: SlackDirectory,
  second: Readonly<Record<string, string>>,
): SlackDirectory => ({
  ...directory,
  standing: async (id, team, how) =>
    Object.hasOwn(second, id)
      ? { kind: 'refused', why: 'second-account' }
      : directory.standing(id, team, how),
  members: async (role) =>
    (await directory.members(role)).filter((id) => !Object.hasOwn(second, id)),
});
