import type { ApprovalSet, Slot } from '../core/approval.ts';

/** Whether whoever fills the one set has filled the other as well: it asks for as much, or for more. */
export const isAtLeast = (one: ApprovalSet, other: ApprovalSet): boolean =>
  isFilledWith(other, one) &&
  one.reason >= other.reason &&
  (one.typedTarget || !other.typedTarget) &&
  (one.stepUp !== undefined || other.stepUp === undefined) &&
  (one.incident !== undefined || other.incident === undefined);

/** Somebody else’s word is worth more than the requester’s own. */
function isFilledWith(other: ApprovalSet, { slots, requesterConfirms }: ApprovalSet): boolean {
  const places = slots.flatMap(({ n, anyOf }) => Array.from({ length: n }, () => anyOf));
  if (other.requesterConfirms && !requesterConfirms && places.length === 0) return false;
  return subsetsOf(other.slots).every((wanted) => {
    const roles = new Set(wanted.flatMap(({ anyOf }) => anyOf));
    const sure = places.filter((anyOf) => anyOf.every((role) => roles.has(role)));
    return sure.length >= wanted.reduce((sum, { n }) => sum + n, 0);
  });
}

/** After Hall: places can be filled when any few of them together have people enough. */
const subsetsOf = (slots: readonly Slot[]): Slot[][] =>
  slots.reduce<Slot[][]>((some, slot) => some.concat(some.map((one) => [...one, slot])), [[]]);

/** The stricter of two sets; when neither is, one that asks for all that both do. */
export function strictest(one: ApprovalSet, other: ApprovalSet): ApprovalSet {
  if (isAtLeast(one, other)) return one;
  if (isAtLeast(other, one)) return other;
  const slots = [...one.slots, ...other.slots];
  return {
    ...one,
    ...other,
    name: `${one.name} and ${other.name}`,
    slots,
    requesterConfirms: slots.length === 0 && (one.requesterConfirms || other.requesterConfirms),
    reason: Math.max(one.reason, other.reason),
    typedTarget: one.typedTarget || other.typedTarget,
    waits: Math.max(one.waits, other.waits),
    validFor: Math.min(one.validFor, other.validFor),
    ...escalating(one, other),
  };
}

/** Everybody hears of it whom either of them names, as soon as one of them says. */
function escalating(
  { escalate: one }: ApprovalSet,
  { escalate: other }: ApprovalSet,
): Pick<ApprovalSet, 'escalate'> {
  if (!one || !other) return {};
  const to = [...new Set([...one.to, ...other.to])];
  return { escalate: { after: Math.min(one.after, other.after), to } };
}
