import type { ActionsBlock, Button } from '@slack/types';
import { isOver, type Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { typing } from '../blocks/buttons.ts';
import { writeHandle } from './run-handle.ts';

/** Whom a card is for: those who decide, or the one who asked, who alone can take it back. */
export type Audience = 'deciders' | 'requester';

/** The buttons that a run has in its state; none when it has no plan. */
export function runButtons(run: Run, audience: Audience): ActionsBlock[] {
  const value = writeHandle(run);
  if (value === null) return [];
  const elements = [
    ...decisions(run, audience, value),
    ...(audience === 'requester' && canCancel(run) ? [button('cancel', 'Cancel', value)] : []),
    ...again(run),
    ...look(run),
    button('details', 'Details', value),
  ];
  return [{ type: 'actions', elements }];
}

/** A no still ends what is approved and has not begun. */
function decisions({ state, approval, parent }: Run, audience: Audience, value: string): Button[] {
  if (parent !== null || (state !== 'waiting' && state !== 'approved')) return [];
  const deny = button('deny', 'Deny', value, 'danger');
  if (approval?.requesterConfirms) {
    if (state === 'waiting') return [button('confirm', 'Confirm', value, 'primary')];
    return approval.breakGlass && audience !== 'requester' ? [deny] : [];
  }
  if (audience === 'requester') return [];
  return state === 'waiting' ? [button('approve', 'Approve', value, 'primary'), deny] : [deny];
}

/** What was seen instead of the plan can be asked for, by whoever may: the button carries that plan's code. */
function again({ id, newPlan, parent }: Run): Button[] {
  const value = newPlan && parent === null ? writeHandle({ id, plan: newPlan }) : null;
  return value === null ? [] : [button('again', 'Ask for this plan', value, 'primary')];
}

/** Where it is not sure how the target is now, looking at it is one press away. It only reads. */
function look({ state, target }: Run): Button[] {
  const unsure = state === 'interrupted' || state === 'failed' || state === 'compensated';
  const command = `status ${targetName(target)}`;
  const one = unsure && typing({ label: 'Look at it now', command }, 'look');
  return one ? [one] : [];
}

/** Before somebody has begun with it. */
const canCancel = ({ state }: Run): boolean =>
  !isOver(state) && !['claimed', 'executing', 'verifying'].includes(state);

const button = (
  action: 'approve' | 'deny' | 'confirm' | 'cancel' | 'again' | 'details',
  label: string,
  value: string,
  style?: 'primary' | 'danger',
): Button => ({
  type: 'button',
  action_id: `run:${action}`,
  value,
  text: { type: 'plain_text', text: label, emoji: false },
  ...(style && { style }),
});
