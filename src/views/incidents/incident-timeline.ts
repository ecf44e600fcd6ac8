import type { AuditRecord } from '../../core/audit.ts';
import { figureIn, textIn } from '../text/fact.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { prose } from '../text/prose.ts';
import { noticeWords } from './incident-notice-words.ts';

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
