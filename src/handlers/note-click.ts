import { clicksSubject, type Notes } from '../core/audit.ts';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { readIncidentHandle } from '../views/incidents/incident-handle.ts';
import { readHandle } from '../views/runs/run-handle.ts';
import type { Asker } from './desk.ts';
import type { IncidentAsked } from './incidents/incident-asked.ts';
import type { RunAsked } from './runs/run-asked.ts';

/** Why a click or a form about a run or an incident was not what it said it was. */
export type WrongClick =
  | 'tampered'
  | 'no-such-run'
  | 'no-such-incident'
  | 'other-plan'
  | 'other-message'
  | 'other-team'
  | 'not-a-member';

/** What is needed to write a wrong click down. */
export interface NoteTools {
  notes: Pick<Notes, 'append'>;
  redact(text: string): string;
  log: Log;
}

/** More of what somebody made up is not kept. */
const mostCarried = 120;

/** Writes into the audit who clicked what that was not theirs to click. Nothing was done because of it. */
export async function noteClick(
  why: WrongClick,
  { deed, carried, message, values }: RunAsked | IncidentAsked,
  { id, team }: Asker,
  { notes, redact, log }: NoteTools,
): Promise<void> {
  const incident = readIncidentHandle(carried)?.incident;
  const facts = {
    why,
    deed: redact(deed).slice(0, mostCarried),
    form: values !== null,
    run: readHandle(carried)?.run ?? null,
    ...(incident !== undefined && { incident }),
    carried: redact(carried).slice(0, mostCarried),
    message: message && { channel: message.channel, ts: message.ts },
  };
  const entry = { event: 'click.refused', actor: `user:${team}/${id}`, facts };
  log.warn({ id, team, deed, why }, 'a button or form was not what it said it was');
  await notes.append(clicksSubject, entry).catch((error: unknown) => {
    log.error({ id, why: messageOf(error) }, 'a click that was refused could not be written down');
  });
}
