import { err, ok, type Result } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { targetName } from '../../core/target.ts';
import type { View } from '../../views/blocks/message.ts';
import { formFaultMessage } from '../../views/fault.ts';
import { approveForm, confirmForm, denyForm } from '../../views/runs/run-forms.ts';
import { planCode, type RunHandle, readHandle } from '../../views/runs/run-handle.ts';
import type { Asking } from '../command.ts';
import { type NoteTools, noteClick, type WrongClick } from '../note-click.ts';
import { askAgain } from './ask-again.ts';
import { isOwnMessage } from './click-origin.ts';
import type { RunAsked } from './run-asked.ts';
import type { RunTools } from './run-tools.ts';
import { showRun } from './show-run.ts';
import { cancelRun, findRun, refuseRun, vote } from './vote.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** What it takes to do what a click says, and to write down one that says something else. */
type ClickTools = RunTools & NoteTools & { now: number };

/**
 * Does what a button or a form about a run says. Of what it carried, only which run and which plan is
 * meant is read, and both are looked up; who it was is what Slack signed. What was tampered with, or
 * belongs to another plan, message or team, does nothing, is told and is written down.
 */
export async function takeRunClick(
  asked: RunAsked,
  asking: Asks,
  tools: ClickTools,
): Promise<void> {
  const handle = readHandle(asked.carried);
  if (handle === null) {
    await asking.refuse({ kind: 'unknown-button' });
    return noteClick('tampered', asked, asking.person, tools);
  }
  const found = await findMeant(handle, asked, asking, tools);
  if (!found.ok) {
    await refuseRun(found.error.refusal, asking);
    const { wrong } = found.error;
    return wrong === null ? undefined : noteClick(wrong, asked, asking.person, tools);
  }
  if (asked.deed === 'details') return showRun(handle.run, asking, tools);
  if (asked.deed === 'again') return askAgain(found.value, asking, tools);
  const form = formFor(asked, found.value);
  if (form) return openForm(form, found.value, asking);
  if (asked.deed === 'cancel') return cancelRun(handle.run, asking, tools);
  const typed = (field: string) => asked.values?.[field]?.trim() || null;
  const ballot = {
    ...handle,
    kind: asked.deed,
    typedTarget: typed('target'),
    code: typed('code'),
  };
  await vote({ ...ballot, note: typed(asked.deed === 'deny' ? 'reason' : 'note') }, asking, tools);
}

/** Why a click does nothing, and whether that is to be written down. */
interface NotMeant {
  refusal: RunRefusal;
  wrong: WrongClick | null;
}

/** The run that is meant, when the click is one that may mean it. Details of it may be seen of any plan. */
async function findMeant(
  handle: RunHandle,
  asked: RunAsked,
  asking: Asks,
  tools: ClickTools,
): Promise<Result<Run, NotMeant>> {
  const isDetails = asked.deed === 'details';
  const isAgain = asked.deed === 'again';
  const meant = isDetails || isAgain ? { ...handle, planHash: null } : handle;
  const found = await findRun(meant, isDetails ? { unverified: null } : asking, tools);
  const not = (refusal: RunRefusal, wrong: WrongClick | null) => err({ refusal, wrong });
  if (!found.ok) {
    const { kind } = found.error;
    return not(found.error, kind === 'no-such-run' || kind === 'other-plan' ? kind : null);
  }
  const { run } = found.value;
  if (run.requestedBy.team !== asking.person.team) {
    return not({ kind: 'no-such-run', id: handle.run }, 'other-team');
  }
  if (isAgain && newCode(run) !== handle.planHash) {
    const refusal = { kind: 'other-plan', shown: handle.planHash, current: newCode(run) } as const;
    return not(refusal, 'other-plan');
  }
  if (await isOwnMessage(asked, run, asking, tools)) return ok(run);
  return not({ kind: 'other-message', id: handle.run }, 'other-message');
}

/** The plan that its button asks for; nothing where there is none. */
const newCode = ({ newPlan, parent }: Run): string =>
  newPlan && parent === null ? planCode(newPlan) : '';

interface RunForm {
  form(run: Run): View;
  /** The command that does the same. */
  instead: string;
}

/** What has to be filled in first; null when it was, or when nothing has to be. */
function formFor({ deed, values }: RunAsked, { id, approval, target }: Run): RunForm | null {
  if (values !== null) return null;
  if (deed === 'deny') return { form: denyForm, instead: `deny ${id} "why not"` };
  const form = {
    approve: approveForm,
    confirm: confirmForm,
    cancel: null,
    again: null,
    details: null,
  }[deed];
  if (form === null || !(approval?.typedTarget || approval?.stepUp)) return null;
  const named = approval.typedTarget ? ` --target ${targetName(target)}` : '';
  const proven = approval.stepUp ? ' --code 123456' : '';
  return { form, instead: `${deed} ${id}${named}${proven}` };
}

async function openForm({ form, instead }: RunForm, run: Run, asking: Asks): Promise<void> {
  const inTime = run.state === 'waiting' || (form === denyForm && run.state === 'approved');
  if (!inTime) return refuseRun({ kind: 'already', state: run.state }, asking);
  try {
    await asking.open(form, run);
  } catch {
    await asking.show(formFaultMessage, instead);
  }
}
