import type { AuditRecord } from '../core/audit.ts';
import { figureIn, textIn } from './fact.ts';
import { noticeWords } from './incident-notice-words.ts';
import { mention } from './mention.ts';
import { moment } from './moment.ts';
import { prose } from './prose.ts';

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
