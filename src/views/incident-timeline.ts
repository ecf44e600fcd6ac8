import type { AuditRecord } from '../core/audit.ts';
import { limits, section } from './blocks.ts';
import { clip } from './clip.ts';
import { code } from './code.ts';
import { figureIn, textIn } from './fact.ts';
import { noticeWords } from './incident-notice-words.ts';
import { mention } from './mention.ts';
import type { Message } from './message.ts';
import { moment } from './moment.ts';
import { prose } from './prose.ts';
import { paragraphs } from './rows.ts';

/** One line of a timeline, at its own time: a message stands where it was written. */
export function incidentTimelineLine(record: AuditRecord): string {
  return `${moment(writtenAt(record))}  ${saidIn(record)}`;
}

/** When it happened: a message that was added happened when it was written. */
export const writtenAt = ({ event, at, facts }: AuditRecord): number =>
  (event === 'incident.note-added' ? figureIn(facts, 'written') : null) ?? at;

function saidIn(record: AuditRecord): string {
  const { event, facts } = record;
  if (event === 'incident.note-added') {
    const author = textIn(facts, 'author');
    return `:speech_balloon: ${author === null ? '' : `${mention(author)}: `}${prose(textIn(facts, 'text') ?? '', 500)}`;
  }
  const { sign, said } = noticeWords(record, 'room');
  return `${sign} ${said}`;
}

/** Every line of a timeline as plain text, oldest first, for a file. */
export const timelineLines = (records: readonly AuditRecord[]): string[] =>
  records
    .toSorted((a, b) => writtenAt(a) - writtenAt(b) || a.version - b.version)
    .map((record) => {
      const at = new Date(writtenAt(record)).toISOString().replace('T', ' ').slice(0, 19);
      return `${at} UTC  ${plainWords(saidIn(record))}`;
    });

/** Without Slack's markup; people stay ids, which never change. */
const plainWords = (marked: string): string =>
  marked
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@(\w+)>/g, '$1')
    .replace(/^:[\w+-]+: /, '')
    .replace(/[*_`]/g, '')
    .replace(/&(amp|lt|gt);/g, (_, name: 'amp' | 'lt' | 'gt') => entities[name]);

const entities = { amp: '&', lt: '<', gt: '>' } as const;

/** The newest of a timeline. */
export interface TimelinePage {
  id: string;
  records: readonly AuditRecord[];
  /** How many there are in all. */
  all: number;
  /** Where the whole of it can be read; null where there is no page. */
  page: string | null;
}

/** The newest lines of the timeline, and where the rest is. */
export function timelineMessage({ id, records, all, page }: TimelinePage): Message {
  const rest =
    all > records.length
      ? ` The newest ${records.length} of ${all}; ${code(`/auth incident timeline --incident ${id} --all`)} sends all of it as a file.`
      : '';
  const link = page === null ? '' : ` <${page}|On its page>.`;
  const first = `*${id}*: the timeline, oldest first.${rest}${link}`;
  const ordered = records.toSorted((a, b) => writtenAt(a) - writtenAt(b));
  return {
    text: clip(`The timeline of ${id}`, limits.text),
    blocks: [section(first), ...paragraphs(ordered.map(incidentTimelineLine)).slice(0, 40)],
  };
}
