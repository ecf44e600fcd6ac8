import type { AuditRecord } from '../../core/audit.ts';
import { formatDuration } from '../../core/duration.ts';
import type { TimelineLine } from '../../core/incident-report.ts';
import type { Absence } from '../../core/incidents.ts';
import { code } from '../text/code.ts';
import { figureIn, textIn, textsIn } from '../text/fact.ts';
import { prose } from '../text/prose.ts';
import { by, whoIn } from './incident-notice/saying.ts';
import { noticeWords } from './incident-notice-words.ts';
import { updateLines } from './incident-update.ts';

/** Records that say how Gatehouse works and nothing of what happened. */
const silent: readonly string[] = [
  ...['incident.note-hidden', 'incident.note-changed', 'incident.spoke', 'incident.review-written'],
  // What was found twenty seconds later says all of it.
  'incident.traces-looked',
  // The run's own records say it, with who voted and what was seen.
  'incident.run',
];

/**
 * The timeline of an incident from its records and those of its runs, oldest first; records may come in any
 * order. A message stands where it was written. One that was taken off is not shown, though its records stay;
 * one that was edited or deleted says so.
 */
export function timelineOf(
  records: readonly AuditRecord[],
  absences: readonly Absence[] = [],
): TimelineLine[] {
  const inOrder = records.toSorted((a, b) => a.id - b.id);
  const lines = [
    ...inOrder.filter((one) => isSaid(one, inOrder)).map((one) => lineOf(one, inOrder)),
    ...absences.map(absenceLine),
  ];
  return lines.toSorted((a, b) => a.at - b.at || a.recorded - b.recorded);
}

function isSaid(record: AuditRecord, all: readonly AuditRecord[]): boolean {
  const { event, facts } = record;
  if (event === 'incident.note-added') return isShown(record, all);
  if (event === 'incident.set-up') return facts.how === 'failed';
  return !silent.includes(event);
}

const isNote = ({ event }: AuditRecord): boolean =>
  event === 'incident.note-added' || event === 'incident.note-hidden';

/** Of a message that was added again and again, the last time counts. */
function isShown(record: AuditRecord, all: readonly AuditRecord[]): boolean {
  const key = textIn(record.facts, 'key');
  return all.findLast((one) => isNote(one) && textIn(one.facts, 'key') === key) === record;
}

function lineOf(record: AuditRecord, all: readonly AuditRecord[]): TimelineLine {
  if (record.event === 'incident.note-added') return noteLine(record, all);
  const { event, at, actor } = record;
  const bare = { at, recorded: at, by: whoIn(actor), permalink: null, files: [], later: [] };
  if (event.startsWith('run.')) return { ...bare, kind: 'run', ...runWords(record) };
  const { sign, said, more = [] } = noticeWords(record, 'room');
  const rest = event === 'incident.updated' ? updateLines(record.facts) : more;
  return { ...bare, kind: 'change', sign, said: [sentence(record, said), ...rest].join('\n') };
}

/** What goes on about the incident without naming it. */
const sentence = ({ subject }: AuditRecord, said: string): string =>
  /^[a-z]/.test(said) ? `${subject} ${said}` : said;

function noteLine(record: AuditRecord, all: readonly AuditRecord[]): TimelineLine {
  const { facts, at } = record;
  const key = textIn(facts, 'key');
  const changes = all.filter(
    (one) => one.event === 'incident.note-changed' && textIn(one.facts, 'key') === key,
  );
  return {
    at: figureIn(facts, 'written') ?? at,
    recorded: at,
    kind: 'note',
    by: textIn(facts, 'author'),
    sign: ':speech_balloon:',
    said: prose(textIn(facts, 'text') ?? '', 2_000),
    permalink: textIn(facts, 'permalink'),
    files: textsIn(facts, 'files'),
    later: changes.map(({ facts: changed }) => {
      const text = textIn(changed, 'text');
      return text === null ? 'deleted later' : `edited later: ${prose(text, 1_000)}`;
    }),
  };
}

const runSigns: Readonly<Record<string, string>> = {
  'run.succeeded': ':white_check_mark:',
  'run.failed': ':x:',
  'run.interrupted': ':warning:',
  'run.denied': ':no_entry:',
};

/** `restart rms-auth@prod approved by @manager (R-1)`, why, and what a step did. */
function runWords(record: AuditRecord): { sign: string; said: string } {
  const { event, subject, facts } = record;
  const target = [textIn(facts, 'service'), textIn(facts, 'env')].filter(Boolean).join('@');
  const action = textIn(facts, 'action');
  const what = event.replace(/^run\./, '').replaceAll('-', ' ');
  const about = action === null ? '' : `${code(`${action} ${target}`.trim(), 160)} `;
  const more = ['does', 'reason', 'why'].flatMap((name) => textIn(facts, name) ?? []);
  const said = more.map((one) => ` – ${prose(one, 300)}`).join('');
  return {
    sign: runSigns[event] ?? ':hammer_and_wrench:',
    said: `${about}${what}${whoIn(record.actor) === null ? '' : by(record)}${said} (${code(subject, 80)})`,
  };
}

const absenceLine = ({ from, until }: Absence): TimelineLine => ({
  at: from,
  recorded: until,
  kind: 'absence',
  by: null,
  sign: ':electric_plug:',
  said: `Gatehouse was not there for ${formatDuration(until - from)}: nothing was checked or sent`,
  permalink: null,
  files: [],
  later: [],
});
