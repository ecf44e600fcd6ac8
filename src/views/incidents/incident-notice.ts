import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import type { AuditRecord } from '../../core/audit.ts';
import { noticeOf } from '../../core/incident-notice.ts';
import { context, limits, section } from '../blocks/blocks.ts';
import { fitting } from '../blocks/fitting.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { clockTime } from '../text/clock-time.ts';
import { type Facts, figureIn, textIn } from '../text/fact.ts';
import { lockedText } from '../text/locked-text.ts';
import { prose } from '../text/prose.ts';
import type { NoticeReader } from './incident-notice/notice-reader.ts';
import type { Words } from './incident-notice/saying.ts';
import { noticeWords } from './incident-notice-words.ts';
import { updateBlocks } from './incident-update.ts';

/**
 * What one record of an incident says, for those who hear of it now; it never changes. `packet` is what whoever is
 * called by it has to know, in escaped paragraphs.
 */
export function incidentNotice(
  record: AuditRecord,
  reader: NoticeReader,
  packet: readonly string[] = [],
): Message {
  const id = noticeOf(`${record.subject}/${record.version}`)?.incident ?? record.subject;
  if (reader === 'stakeholders') return forStakeholders(id, record.facts);
  const { sign, said, more = [], buttons = [] } = noticeWords(record, reader);
  const first = `${sign} *${id}* ${said}`;
  const body: KnownBlock[] = [
    section(first),
    ...(record.event === 'incident.updated' ? updateBlocks(record) : []),
    ...paragraphs(more),
    ...packet.map((one) => section(one)),
  ];
  const end = [...buttonBlocks(id, record.version, buttons), ...endOf(record.facts, reader)];
  const text = record.facts.security === true ? lockedText(id, kindOf(record)) : plainly(first);
  return { text: clip(text, limits.text), blocks: fitting(body, end) };
}

/** What kind of record it is, in Gatehouse's own words. */
const kindOf = ({ event }: AuditRecord): string =>
  event.replace(/^incident\./, '').replaceAll('-', ' ');

/** What customers' people read is what somebody approved for them, with a clock time, and nothing else. */
function forStakeholders(id: string, facts: Facts): Message {
  const said = textIn(facts, 'stakeholders') ?? textIn(facts, 'customerText') ?? '–';
  const next = figureIn(facts, 'next');
  const promise = next === null ? '' : ` Next update by ${clockTime(next)}.`;
  const text = `${prose(said, 2_000)}${promise}`;
  return { text: clip(plainly(text), limits.text), blocks: [section(text), context(id)] };
}

/** When the next update comes: a promise is always there, but where nothing is said of what is about security. */
function endOf(facts: Facts, reader: NoticeReader): KnownBlock[] {
  if (reader === 'everybody' && facts.security === true) return [];
  const next = figureIn(facts, 'next');
  const channel = textIn(facts, 'channel');
  const severity = figureIn(facts, 'severity');
  const parts = [
    ...(severity === null ? [] : [`SEV${severity}`]),
    ...(textIn(facts, 'state') === null ? [] : [String(facts.state)]),
    ...(next === null ? [] : [`next update by *${clockTime(next)}*`]),
    ...(reader !== 'room' && channel !== null ? [`<#${channel}>`] : []),
  ];
  return parts.length === 0 ? [] : [context(parts.join(' · '))];
}

function buttonBlocks(
  id: string,
  version: number,
  buttons: NonNullable<Words['buttons']>,
): ActionsBlock[] {
  if (buttons.length === 0) return [];
  const isOnly = (deed: string) => buttons.filter((one) => one.deed === deed).length === 1;
  const elements = buttons.map(
    ({ deed, label, extra, style }): Button => ({
      type: 'button',
      // Slack refuses a whole message in which two buttons of a row are called the same.
      action_id: isOnly(deed) ? `incident:${deed}` : `incident:${deed}.${extra ?? ''}`,
      value: extra === undefined ? `${id}:${version}` : `${id}:${version}:${extra}`,
      text: { type: 'plain_text', text: label, emoji: false },
      ...(style && { style }),
    }),
  );
  return [{ type: 'actions', elements }];
}

/** Without marks, for notifications and screen readers. */
const plainly = (text: string): string => text.replace(/[*_`]/g, '').replace(/^:\w+: /, '');
