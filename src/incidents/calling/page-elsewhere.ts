import type { Audit, AuditRecord } from '../../core/audit.ts';
import { messageOf } from '../../core/errors.ts';
import { type Incident, isOpen } from '../../core/incident.ts';
import { noticeOf } from '../../core/incident-notice.ts';
import type { Contact } from '../../core/incident-rules.ts';
import type { Log } from '../../core/log.ts';
import type { Addressee, Notifier, Page } from '../../core/notifier.ts';
import type { Outbox } from '../../core/outbox.ts';
import { isSettled } from '../events/paged-elsewhere.ts';
import type { IncidentLife } from '../incident-life.ts';
import { isGrave } from '../updating/clock-of.ts';
import { contactsCalled } from './contacts-called.ts';

/** What it takes to call people without Slack. */
export interface PagingElsewhere {
  outbox: Pick<Outbox, 'waiting'>;
  audit: Pick<Audit, 'find'>;
  life: Pick<IncidentLife, 'find' | 'do'>;
  notifier: Pick<Notifier, 'reaches' | 'notify'>;
  /** What they are told, without anything secret. */
  compose(incident: Incident, contact: string): Pick<Page, 'subject' | 'text'>;
  log: Log;
}

/** For how long a call has not reached Slack before it is made elsewhere, in milliseconds. */
const patience = 60_000;

/** What records say, by their lines such as `INC-42/17`: none ever changes, so that each has to be read once. */
export type KnownLines = Map<string, AuditRecord['facts']>;

/**
 * Makes the calls by mail and webhook that somebody has to hear now and that do not reach Slack: those of grave
 * incidents, each once, also with several processes. What cannot be sent is tried again by whoever comes next.
 * Whoever asks again and again keeps `known` meanwhile.
 */
export async function pageElsewhere(
  paging: PagingElsewhere,
  known: KnownLines = new Map(),
): Promise<void> {
  const waiting = await paging.outbox.waiting();
  const urgent = waiting.filter(({ urgency, waited }) => urgency === 0 && waited >= patience);
  const find = eachOnce(paging.life.find);
  for (const [subject, calls] of Map.groupBy(urgent, (one) => one.subject)) {
    const places = calls.map(({ to }) => to);
    await pageFor({ ...paging, find }, known, subject, places).catch((error: unknown) => {
      paging.log.warn({ subject, why: messageOf(error) }, 'A call was not made elsewhere');
    });
  }
}

/** However many calls wait, each incident is read once: what was done meanwhile, the doing finds out. */
function eachOnce(find: IncidentLife['find']): IncidentLife['find'] {
  const found = new Map<string, ReturnType<IncidentLife['find']>>();
  return (id) => {
    const seen = found.get(id) ?? find(id);
    found.set(id, seen);
    return seen;
  };
}

async function pageFor(
  paging: PagingElsewhere & Pick<IncidentLife, 'find'>,
  known: KnownLines,
  subject: string,
  places: string[],
): Promise<void> {
  const about = noticeOf(subject);
  const incident = about && (await paging.find(about.incident));
  if (!incident || !isOpen(incident.state) || !isGrave(incident)) return;
  const { version } = about;
  const facts = known.get(subject) ?? (await factsOf(paging, incident.id, version));
  if (!facts) return;
  known.set(subject, facts);
  const contacts = contactsCalled(incident, facts, places).filter(
    ({ name }) => !isSettled(incident, version, name),
  );
  await Promise.all(contacts.map((contact) => pageContact(paging, incident, version, contact)));
}

const factsOf = async ({ audit }: PagingElsewhere, subject: string, version: number) =>
  (await audit.find({ subject, version, limit: 1 }))[0]?.facts;

interface Try {
  how: 'mail' | 'webhook';
  to: Addressee;
}

const waysTo = ({ email, webhook }: Contact): Try[] => [
  ...(email ? [{ how: 'mail', to: { kind: 'mail', addresses: email } } as const] : []),
  ...(webhook === undefined
    ? []
    : [{ how: 'webhook', to: { kind: 'webhook', name: webhook } } as const]),
];

/** Says first that it is tried, then tries every way there is, then says what came of it: one way is enough. */
async function pageContact(
  { life, notifier, compose, log }: PagingElsewhere,
  incident: Incident,
  line: number,
  contact: Contact,
): Promise<void> {
  const ways = waysTo(contact).filter(({ to }) => notifier.reaches(to));
  if (ways.length === 0) return;
  const { id } = incident;
  const head = { kind: 'paged-elsewhere', line, contact: contact.name } as const;
  const all = ways.map(({ how }) => how);
  const mine = await life.do(id, { ...head, state: 'trying', how: all, why: null }, null);
  if (!mine.ok) return;
  const page = {
    ...compose(incident, contact.name),
    incident: id,
    key: `${id}/${line}/${contact.name}`,
  };
  const done = await Promise.allSettled(ways.map(({ to }) => notifier.notify(to, page)));
  const how = all.filter((_, index) => done[index]?.status === 'fulfilled');
  const failed = done.flatMap((one) => (one.status === 'rejected' ? [messageOf(one.reason)] : []));
  const why = failed.length === 0 ? null : failed.join('; ');
  if (why !== null) log.warn({ incident: id, contact: contact.name, why }, 'A page was not taken');
  const state = how.length > 0 ? 'sent' : 'failed';
  await life.do(id, { ...head, state, how: state === 'sent' ? how : all, why }, null);
}
