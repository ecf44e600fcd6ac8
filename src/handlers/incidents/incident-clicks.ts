import type { Incident } from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { overtakenBy } from '../../incidents/overtaken.ts';
import { type Did, didMessage } from '../../views/incidents/incident-answer.ts';
import { joinedView } from '../../views/incidents/incident-declare-form.ts';
import { readIncidentHandle } from '../../views/incidents/incident-handle.ts';
import { incidentRefusalSentence } from '../../views/incidents/incident-refusal.ts';
import { formFailedMessage } from '../../views/instead.ts';
import type { Asking } from '../command.ts';
import type { FormValues } from '../desk.ts';
import { type NoteTools, noteClick, type WrongClick } from '../note-click.ts';
import { actorIn, refuseIncident } from './do-deed.ts';
import { incidentAsides } from './incident-asides.ts';
import type { IncidentAsked } from './incident-asked.ts';
import { findMeant } from './incident-click-origin.ts';
import { incidentForms, openIncidentForm } from './incident-forms.ts';
import type { IncidentTools } from './incident-tools.ts';
import { pressedDeed } from './pressed-deed.ts';
import { formReaders } from './read-incident-form.ts';

type Asks = Omit<Asking, 'catalogue'>;

/** What it takes to do what a click says, and to write down one that says something else. */
export type IncidentClickTools = IncidentTools & NoteTools & { now: number };

/** What was meant: which deed, of which incident, as which version of it was seen. */
interface Meant {
  name: string;
  extra: string;
  seen: number;
  incident: Incident;
  /** Whether the button stands in a form or on the Home tab. */
  inView: boolean;
}

/**
 * Does what a button, a choice or a form about an incident says. Of what it carried, only which incident is meant
 * and which version was seen is read, and it is looked up; who it was is what Slack signed. What was tampered
 * with, or stands in a message of something else, does nothing, is told and is written down.
 */
export async function takeIncidentClick(
  asked: IncidentAsked,
  asking: Asks,
  tools: IncidentClickTools,
): Promise<void> {
  const wrong = (why: WrongClick) => noteClick(why, asked, asking.person, tools);
  const handle = readIncidentHandle(asked.carried);
  if (handle === null) {
    await asking.refuse({ kind: 'unknown-button' });
    return wrong('tampered');
  }
  const found = await findMeant(handle, asked, asking, tools);
  if (!found.ok) {
    await refuseIncident(found.error.refusal, asking);
    return wrong(found.error.wrong);
  }
  const fromMenu = asked.deed === 'more';
  const meant: Meant = {
    name: fromMenu ? handle.extra : asked.deed,
    extra: fromMenu ? menuExtra(handle.extra) : handle.extra,
    seen: handle.version,
    incident: found.value,
    inView: asked.inView,
  };
  if (asked.values !== null) return takeForm(meant, asked.values, asking, tools);
  const aside = Object.hasOwn(incidentAsides, meant.name) && incidentAsides[meant.name];
  if (aside) return aside(found.value, asking, tools, asked);
  const pressed = pressedDeed(meant.name, meant.extra);
  if (pressed) return press(meant, pressed, asking, tools);
  if (Object.hasOwn(incidentForms, meant.name)) return ask(meant, asking, tools);
  await asking.refuse({ kind: 'unknown-button' });
  return wrong('tampered');
}

/** From the menu there is time to say for how long; the buttons say it already. */
const menuExtra = (name: string): string =>
  name === 'watch-more' || name === 'snooze' ? 'ask' : '';

/** Does it at once; where a sentence is missing, a form asks for it. */
async function press(
  { name, extra, seen, incident, inView }: Meant,
  { deed, did }: { deed: IncidentDeed; did: string },
  asking: Asks,
  tools: IncidentClickTools,
): Promise<void> {
  const done = await tools.life.do(incident.id, deed, actorIn(asking), seen);
  const askedIn = asking.place?.channel ?? null;
  const tell = (told: Did) =>
    inView && name === 'join' ? tellJoined(told, asking) : asking.show(didMessage, told);
  if (done.ok) return tell({ did, incident: done.value, askedIn });
  const refusal = done.error;
  if (inView && name === 'join' && refusal.kind === 'already') return tell({ did, incident });
  if (refusal.kind !== 'needs-reason') return turnDownClick(incident.id, refusal, asking, tools);
  const complaint = incidentRefusalSentence(refusal);
  const wanted = { name, extra, incident, complaint };
  await openIncidentForm(wanted, asking, tools).catch(() => refuseIncident(refusal, asking));
}

/** Whoever joins out of a form is done with it; where it was closed meanwhile they hear of it as of anything else. */
const tellJoined = (told: Did, asking: Asks): Promise<void> =>
  asking.replace(joinedView, told).catch(() => asking.show(didMessage, told));

/** Says why not, and shows the cards anew where somebody has seen one that was out of date. */
async function turnDownClick(
  id: string,
  refusal: IncidentRefusal,
  asking: Asks,
  { redraw, log }: IncidentClickTools,
): Promise<void> {
  await refuseIncident(refusal, asking);
  if (refusal.kind !== 'out-of-date') return;
  await redraw(id).catch((error: unknown) =>
    log.warn({ err: error, id }, 'a card was not redrawn'),
  );
}

/** Opens the form for it, unless what it is about has changed since the button was drawn. */
async function ask(
  { name, extra, seen, incident }: Meant,
  asking: Asks,
  tools: IncidentClickTools,
): Promise<void> {
  const kind = name as IncidentDeed['kind'];
  const overtaken = overtakenBy(incident, { kind } as IncidentDeed, seen);
  if (overtaken) return turnDownClick(incident.id, overtaken, asking, tools);
  try {
    await openIncidentForm({ name, extra, incident }, asking, tools);
  } catch {
    await asking.show(formFailedMessage, { typed: insteadOf(name, incident.id) });
  }
}

/** What can be typed in place of a form that did not open. */
const insteadOf = (name: string, id: string): string =>
  `incident ${typedNames[name] ?? name} --incident ${id}`;

const typedNames: Readonly<Record<string, string>> = {
  update: 'update "WHAT IS KNOWN"',
  resolve: 'resolve "WHAT FIXED IT"',
  escalate: 'escalate CONTACT "WHY"',
  'offer-role': 'give @SOMEBODY',
  'set-severity': 'sev 1',
  cancel: 'cancel false-alarm',
  reopen: 'reopen "WHY"',
};

/** Does what was filled in; what was not right comes back in the form, with everything that was filled in. */
async function takeForm(
  { name, extra, seen, incident }: Meant,
  values: FormValues,
  asking: Asks,
  tools: IncidentClickTools,
): Promise<void> {
  const read = Object.hasOwn(formReaders, name) && formReaders[name];
  if (!read) return asking.refuse({ kind: 'unknown-form' });
  const again = async (complaint: string, otherwise: () => Promise<void>) => {
    const wanted = { name, extra, incident, filled: values, complaint };
    await openIncidentForm(wanted, asking, tools).catch(otherwise);
  };
  const wanted = read({ incident, extra, values, now: tools.now });
  if (!wanted.ok) {
    const why = `${wanted.error} Nothing was done.`;
    return again(why, () => refuseIncident({ kind: 'not-now', why: wanted.error }, asking));
  }
  const done = await tools.life.do(incident.id, wanted.value, actorIn(asking), seen);
  if (done.ok)
    return heard(done.value)
      ? undefined
      : asking.show(didMessage, { did: 'Done', incident: done.value });
  const refusal = done.error;
  if (!mendable.includes(refusal.kind)) return turnDownClick(incident.id, refusal, asking, tools);
  await again(incidentRefusalSentence(refusal), () => refuseIncident(refusal, asking));
}

/** Whether the channel says what was done, so that nobody has to hear it twice. */
const heard = ({ channel }: Incident): boolean => channel !== null && channel.lost === null;

/** What whoever filled the form in can put right in it. */
const mendable: readonly IncidentRefusal['kind'][] = [
  'may-not',
  'needs-reason',
  'needs-watch',
  'out-of-bounds',
  'wrong-times',
  'unknown-contact',
];
