import type { Asked, ClickedMessage, FormValues } from '../desk.ts';

/** A button, a choice or a form about an incident that was used; nothing of what it carried is checked. */
export interface IncidentAsked {
  /** What is to be done, such as `acknowledge`. */
  deed: string;
  carried: string;
  /** What was filled in, when it was a form. */
  values: FormValues | null;
  /** The message that the button stands in; null when it was a form, or when Slack did not say. */
  message: ClickedMessage | null;
  /** Whether it was a button in a form or on the Home tab. */
  inView: boolean;
}

/** What is asked about an incident; null when it is something else. To declare one is about none yet. */
export function incidentAskedIn(asked: Asked): IncidentAsked | null {
  if (asked.kind === 'click') {
    const { action, value: carried, message = null, inView = false } = asked;
    const deed = deedIn(action);
    return deed === null ? null : { deed, carried, values: null, message, inView };
  }
  if (asked.kind !== 'submission') return null;
  const { callback, data: carried = '', values } = asked;
  const deed = deedIn(callback);
  return deed === null ? null : { deed, carried, values, message: null, inView: false };
}

const deedIn = (id: string): string | null =>
  /^incident:([a-z][a-z-]{0,40})(?:\.\w{0,20})?$/.exec(id)?.[1] ?? null;

/** Only ask for more, or show something: pressing them changes nothing. */
const asking: readonly string[] = [
  'declare',
  'update',
  'resolve',
  'escalate',
  'offer-role',
  'cancel',
  'reopen',
];

/** Whether it may change an incident; true when in doubt. */
export const mayChangeIncident = ({ deed, values }: IncidentAsked): boolean =>
  values !== null || !asking.includes(deed);
