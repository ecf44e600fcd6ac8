import { parseDuration } from '../../core/duration.ts';
import {
  type Incident,
  type IncidentState,
  incidentRoles,
  incidentStates,
} from '../../core/incident.ts';
import type { IncidentDeed } from '../../core/incident-command.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { severities } from '../../core/severity.ts';
import { escalationCauses } from '../../views/incidents/incident-small-forms.ts';
import type { FormValues } from '../desk.ts';

/** What a form says is to be done, or what is wrong with it, escaped. */
export type ReadForm = Result<IncidentDeed, string>;

/** A form that was sent: what was filled in, and what of the incident it was about. */
export interface SentForm {
  incident: Incident;
  extra: string;
  values: FormValues;
  /** By the desk's clock, in milliseconds since 1970. */
  now: number;
}

const textOf = (values: FormValues, field: string): string | null => values[field]?.trim() || null;
const oneOf = <T extends string>(all: readonly T[], text: string | null): T | null =>
  all.find((one) => one === text) ?? null;

/** What is told to everybody, and when they hear of it again. */
function readUpdate({ incident, values }: SentForm): ReadForm {
  const state = oneOf<IncidentState>(incidentStates, textOf(values, 'state'));
  const custom = textOf(values, 'next-custom');
  const chosen = textOf(values, 'next');
  const typed = custom ?? (chosen === 'usual' ? null : chosen);
  const nextIn = typed === null ? null : parseDuration(typed);
  if (typed !== null && nextIn === null) {
    return err('The time until the next update has to be written like 45m or 1h30m.');
  }
  const tells = textOf(values, 'tell') === 'stakeholders';
  return ok({
    kind: 'update',
    known: textOf(values, 'known'),
    doing: textOf(values, 'doing'),
    need: textOf(values, 'need'),
    state: state === incident.state ? null : state,
    nextIn,
    reason: textOf(values, 'reason'),
    stakeholders: tells ? textOf(values, 'stakeholders') : null,
  });
}

const momentIn = (values: FormValues, field: string): number | null => {
  const seconds = Number(textOf(values, field) ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1_000 : null;
};

function readResolve({ values, now }: SentForm): ReadForm {
  const owner = textOf(values, 'owner');
  const due = parseDuration(textOf(values, 'due') ?? '');
  const texts = (textOf(values, 'follow-ups') ?? '').split('\n').map((one) => one.trim());
  return ok({
    kind: 'resolve',
    resolution: {
      fix: textOf(values, 'fix') ?? '',
      cause:
        oneOf(['known', 'suspected', 'unknown'] as const, textOf(values, 'cause')) ?? 'unknown',
      causeText: textOf(values, 'cause-text'),
      customerText: textOf(values, 'customer-text'),
      withoutWatch: textOf(values, 'without-watch'),
    },
    started: momentIn(values, 'started'),
    ended: momentIn(values, 'ended'),
    followUps: texts
      .filter((text) => text !== '')
      .map((text) => ({ text, owner, due: due === null ? null : now + due })),
  });
}

function readEscalate({ values }: SentForm): ReadForm {
  const cause = escalationCauses.find(({ value }) => value === textOf(values, 'cause'));
  const why = [cause?.label ?? null, textOf(values, 'why')].filter((one) => one !== null);
  const contact = textOf(values, 'contact');
  if (contact === null) return err('Somebody has to be chosen.');
  return ok({ kind: 'escalate', contact, why: why.join(': ') });
}

function readOffer({ values }: SentForm): ReadForm {
  const role = oneOf(incidentRoles, textOf(values, 'role'));
  const to = textOf(values, 'person');
  if (role === null || to === null) return err('A role and a person have to be chosen.');
  return ok({ kind: 'offer-role', role, to });
}

function readSeverity({ values }: SentForm): ReadForm {
  const to = severities.find((one) => String(one) === textOf(values, 'severity'));
  if (to === undefined) return err('A severity has to be chosen.');
  return ok({ kind: 'set-severity', to, reason: textOf(values, 'reason') });
}

function readCancel({ values }: SentForm): ReadForm {
  const all = ['false-alarm', 'duplicate', 'superseded'] as const;
  const reason = oneOf(all, textOf(values, 'reason'));
  if (reason === null) return err('A reason has to be chosen.');
  return ok({ kind: 'cancel', reason, of: reason === 'false-alarm' ? null : textOf(values, 'of') });
}

function readMove({ values, extra }: SentForm): ReadForm {
  const to = oneOf<IncidentState>(incidentStates, extra);
  if (to === null) return err('No state was chosen.');
  return ok({ kind: 'move', to, reason: textOf(values, 'reason') });
}

function readRefusal({ values, extra }: SentForm): ReadForm {
  const role = oneOf(incidentRoles, extra);
  if (role === null) return err('No role was offered.');
  return ok({ kind: 'refuse-role', role, reason: textOf(values, 'reason') });
}

const lengthOf = ({ values }: SentForm): number =>
  parseDuration(textOf(values, 'length') ?? '') ?? 0;

/** What no timeline says; an empty field is an empty note. */
function readReview({ values }: SentForm): ReadForm {
  const names = ['summary', 'helped', 'hindered', 'lucky'] as const;
  const notes = Object.fromEntries(names.map((name) => [name, textOf(values, name) ?? '']));
  return ok({ kind: 'write-review', notes, checks: {} });
}

/** What each form means, by what it does. */
export const formReaders: Readonly<Record<string, (form: SentForm) => ReadForm>> = {
  update: readUpdate,
  resolve: readResolve,
  escalate: readEscalate,
  'offer-role': readOffer,
  'set-severity': readSeverity,
  cancel: readCancel,
  move: readMove,
  reopen: ({ values }) => ok({ kind: 'reopen', reason: textOf(values, 'reason') ?? '' }),
  'no-change': ({ values }) => ok({ kind: 'no-change', text: textOf(values, 'reason') }),
  'refuse-role': readRefusal,
  'watch-more': (form) => ok({ kind: 'watch-more', ms: lengthOf(form) }),
  snooze: (form) => ok({ kind: 'snooze', ms: lengthOf(form) }),
  'write-review': readReview,
};
