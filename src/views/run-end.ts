import type { Run } from '../core/run.ts';
import { targetName } from '../core/target.ts';
import { code, prose } from './code.ts';
import { mention } from './mention.ts';

/** How a run ended badly: what happened, what still works and what to do; null when it did not. */
export function endSentence(run: Run): string | null {
  const { state, requestedBy } = run;
  switch (state) {
    case 'requested':
    case 'planned':
    case 'waiting':
    case 'approved':
    case 'claimed':
    case 'executing':
    case 'verifying':
    case 'succeeded':
      return null;
    case 'failed':
      return `It did not work${because(run)} ${begun(run)} ${look(run)}`;
    case 'interrupted':
      return `It broke off on the way${because(run)} ${unknown(run)} Nothing is done again by itself. ${look(run)}`;
    case 'denied':
      return `${denier(run)} ${nothing} Talk to them; if it is still needed, ask for it again: ${again(run)}.`;
    case 'expired':
      return `${run.validUntil === null ? 'Not everybody who was needed approved it in time' : 'It was approved but could not begin before the approval ran out'}${because(run)} ${nothing} If it is still needed, ask for it again: ${again(run)}.`;
    case 'cancelled':
      return `It was cancelled${run.why === null ? ` by ${mention(requestedBy.id)}.` : because(run)} ${nothing}`;
    case 'superseded':
      return `The target is not any more as it was planned for, so what was approved does not hold${because(run)} ${nothing} Look at the new plan by asking for it again: ${again(run)}.`;
    case 'compensated':
      return `It did not work, so what was done has been taken back${because(run)} ${look(run)}`;
  }
}

const nothing = 'Nothing was done, and everything runs as before.';

const because = ({ why }: Run): string =>
  why === null || why === '' ? '.' : `: ${prose(why, 600).replace(/\.$/, '')}.`;

/** What is left behind by a run that failed. */
function begun({ steps }: Run): string {
  if (steps.length === 0) return nothing;
  const done = steps.filter(({ outcome }) => outcome?.kind === 'done').length;
  return `${done} of the ${steps.length} steps that were begun ${done === 1 ? 'is' : 'are'} done and stay${done === 1 ? 's' : ''} so; nothing more is done.`;
}

function unknown({ steps, plan }: Run): string {
  const open = steps.find(({ outcome }) => outcome === null || outcome.kind === 'unknown');
  if (!open) return 'What was done so far stays so.';
  const does = plan?.steps.find(({ id }) => id === open.id)?.does ?? open.id;
  return `Nobody knows whether this happened: ${prose(does, 160)}.`;
}

const denier = ({ votes, why }: Run): string => {
  const no = votes.findLast(({ kind }) => kind === 'deny');
  const reason = no?.note ?? why ?? '';
  const who = no ? mention(no.person) : 'Somebody';
  return `${who} denied it${reason === '' ? '.' : `: ${prose(reason, 600).replace(/\.$/, '')}.`}`;
};

const look = ({ target, id }: Run): string =>
  `${code(`/auth status ${targetName(target)}`)} shows how it is now, ${code(`/auth run ${id}`)} all that was done.`;

const again = ({ action, target }: Run): string => code(`/auth ${action} ${targetName(target)}`);
