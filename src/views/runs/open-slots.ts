import type { ApprovalSet, Slot, Vote } from '../../core/approval.ts';
import type { Run } from '../../core/run.ts';

/** The yeses that count for the plan: one for each person, and never the requester's. */
export function approvalsOf({ votes, plan, requestedBy }: Run): Vote[] {
  const counting = votes.filter(
    ({ kind, person, planHash }) =>
      kind === 'approve' && person !== requestedBy.id && planHash === plan?.hash,
  );
  return [...new Map(counting.map((vote) => [vote.person, vote])).values()];
}

/** What of the slots no person fills yet, when everybody who said yes is placed as well as can be. */
export function openSlots({ slots }: Pick<ApprovalSet, 'slots'>, yeses: readonly Vote[]): Slot[] {
  const places = slots.flatMap((slot) => Array.from({ length: slot.n }, () => slot));
  const holders = new Map<number, number>();
  const place = (voter: number, tried: Set<number>): boolean =>
    places.some(({ anyOf }, index) => {
      const fits = yeses[voter]?.roles.some((role) => anyOf.includes(role)) ?? false;
      if (!fits || tried.has(index)) return false;
      tried.add(index);
      const holder = holders.get(index);
      if (holder !== undefined && !place(holder, tried)) return false;
      holders.set(index, voter);
      return true;
    });
  for (const voter of yeses.keys()) place(voter, new Set());
  return slots
    .map((slot) => ({
      ...slot,
      n: places.filter((one, index) => one === slot && !holders.has(index)).length,
    }))
    .filter(({ n }) => n > 0);
}
