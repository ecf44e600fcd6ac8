import type { Asked, ClickedMessage } from '../desk.ts';

/** What can be done to a run by a button or a form. */
export type RunDeed = 'approve' | 'deny' | 'confirm' | 'cancel' | 'again' | 'details';

/** A button or form about a run that was used, with what it carried; nothing of that is checked. */
export interface RunAsked {
  deed: RunDeed;
  carried: string;
  /** What was filled in, when it was a form. */
  values: Extract<Asked, { kind: 'submission' }>['values'] | null;
  /** The message that the button stands in; null when it was a form, or when Slack did not say. */
  message: ClickedMessage | null;
}

const clicks: readonly string[] = ['approve', 'deny', 'confirm', 'cancel', 'again', 'details'];
const forms: readonly string[] = ['approve', 'deny', 'confirm'];

/** What is asked about a run that exists; null when it is something else. */
export function runAskedIn(asked: Asked): RunAsked | null {
  if (asked.kind === 'click') {
    const deed = deedIn(asked.action, clicks);
    return deed && { deed, carried: asked.value, values: null, message: asked.message ?? null };
  }
  if (asked.kind !== 'submission') return null;
  const deed = deedIn(asked.callback, forms);
  return deed && { deed, carried: asked.data ?? '', values: asked.values, message: null };
}

function deedIn(id: string, known: readonly string[]): RunDeed | null {
  const [kind, deed = '', ...rest] = id.split(':');
  return kind === 'run' && rest.length === 0 && known.includes(deed) ? (deed as RunDeed) : null;
}
