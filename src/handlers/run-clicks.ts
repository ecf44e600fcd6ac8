import type { Log } from '../core/log.ts';
import type { Run } from '../core/run.ts';
import { targetName } from '../core/target.ts';
import { formFaultMessage } from '../views/fault.ts';
import type { View } from '../views/message.ts';
import { approveForm, confirmForm, denyForm } from '../views/run-forms.ts';
import { readHandle } from '../views/run-handle.ts';
import type { Asking } from './command.ts';
import type { RunAsked } from './run-asked.ts';
import type { RunTools } from './run-tools.ts';
import { showRun } from './show-run.ts';
import { cancelRun, findRun, refuseRun, vote } from './vote.ts';

type Asks = Omit<Asking, 'catalogue'>;

/**
 * Does what a button or a form about a run says. Of what it carried, only which run and which plan is
 * meant is read, and both are looked up; who it was is what Slack signed.
 */
export async function takeRunClick(
  asked: RunAsked,
  asking: Asks,
  tools: RunTools & { now: number; log: Log },
): Promise<void> {
  const handle = readHandle(asked.carried);
  if (handle === null) {
    const { id, team } = asking.person;
    tools.log.warn({ id, team, deed: asked.deed }, 'a button or form about a run names none');
    return asking.refuse({ kind: 'unknown-button' });
  }
  if (asked.deed === 'details') return showRun(handle.run, asking, tools);
  const found = await findRun(handle, asking, tools);
  if (!found.ok) return refuseRun(found.error, asking);
  const form = formFor(asked, found.value.run);
  if (form) return openForm(form, found.value.run, asking);
  if (asked.deed === 'cancel') return cancelRun(handle.run, asking, tools);
  const typed = (field: string) => asked.values?.[field]?.trim() || null;
  const ballot = { ...handle, kind: asked.deed, typedTarget: typed('target') };
  await vote({ ...ballot, note: typed(asked.deed === 'deny' ? 'reason' : 'note') }, asking, tools);
}

interface RunForm {
  form(run: Run): View;
  /** The command that does the same. */
  instead: string;
}

/** What has to be filled in first; null when it was, or when nothing has to be. */
function formFor({ deed, values }: RunAsked, { id, approval, target }: Run): RunForm | null {
  if (values !== null) return null;
  if (deed === 'deny') return { form: denyForm, instead: `deny ${id} "why not"` };
  const form = { approve: approveForm, confirm: confirmForm, cancel: null, details: null }[deed];
  if (form === null || !approval?.typedTarget) return null;
  return { form, instead: `${deed} ${id} --target ${targetName(target)}` };
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
