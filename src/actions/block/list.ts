import type { On } from '../../core/action.ts';
import type { Denied } from '../../core/capabilities.ts';
import { soon } from '../looking.ts';
import { networkIn } from './network.ts';

/** How many addresses and ranges a list may hold before nobody can tell any more what they are for. */
export const mostBlocked = 500;

/** What is refused now. */
export const listOf = ({ can }: On<'denyList'>): Promise<readonly Denied[]> =>
  can.denyList.entries(soon());

/** The entry of exactly this address or range. */
export const entryFor = (list: readonly Denied[], address: string): Denied | null =>
  list.find((entry) => entry.address === address) ?? null;

/** Another entry that covers all of this one. */
export function coverOf(list: readonly Denied[], address: string): Denied | null {
  const wanted = networkIn(address);
  const covers = (entry: Denied) => {
    const network = networkIn(entry.address);
    return (
      wanted !== null &&
      network !== null &&
      entry.address !== address &&
      network.version === wanted.version &&
      network.first <= wanted.first &&
      network.last >= wanted.last
    );
  };
  return list.find(covers) ?? null;
}
