import type { AuditRecord } from '../core/audit.ts';
import type { Json } from '../core/json.ts';
import type { Next } from '../core/report.ts';
import { factsText, plain } from './audit-facts.ts';
import { header, section } from './blocks/blocks.ts';
import { buttonRows } from './blocks/buttons.ts';
import { fitting } from './blocks/fitting.ts';
import type { Message } from './blocks/message.ts';
import { paragraphs } from './blocks/rows.ts';
import { bold, code } from './text/code.ts';
import { mention } from './text/mention.ts';
import { moment } from './text/moment.ts';
import { prose } from './text/prose.ts';

/** Records of the audit, newest first, and what shows older ones. */
export interface AuditPage {
  records: readonly AuditRecord[];
  next: readonly Next[];
  /** What may have been meant, when nothing was found. */
  hint?: string;
}

/** A page of the audit: who did what to what and when, and everything else that was written down. */
export function auditMessage({ records, next, hint }: AuditPage): Message {
  const blocks =
    records.length === 0
      ? [section(['Nothing that fits is written down.', ...(hint ? [prose(hint)] : [])].join(' '))]
      : paragraphs(records.map(recordLine));
  return { text: 'Audit', blocks: [header('Audit'), ...fitting(blocks, buttonRows(next), 49)] };
}

/** Who did it, from `user:T…/U…`; anybody else by the name that is written down. */
export function actorText(actor: string): string {
  const [, id] = /^user:\w+\/(\w+)$/.exec(actor) ?? [];
  return id === undefined ? code(actor, 80) : mention(id);
}

/** At most so much of one record, so that twenty of them fit into a message. */
const longestRest = 240;

/** When, what, who and about what in one line; what else is known in a second one. */
function recordLine({ id, at, event, actor, subject, facts }: AuditRecord): string {
  const rest = factsText(facts, event);
  const words = [
    `#${id} ${moment(at)} ${bold(event, 60)}`,
    actorText(actor),
    [code(subject, 40), ...aboutText(facts).map((about) => prose(about, 80))].join(' '),
  ];
  return `${words.join(' · ')}${rest === '' ? '' : `\n↳ ${prose(rest, longestRest)}`}`;
}

/** What it was about, and which way it went: `restart rms-auth@prod, approved → claimed`; nothing where that is not known. */
function aboutText({ action, service, env, from, to, state }: AuditRecord['facts']): string[] {
  const what = [action, [service, env].filter(Boolean).map(said).join('@')]
    .filter(Boolean)
    .map(said)
    .join(' ');
  const now = to ?? state;
  // Of a watch it is when it began, not where anything came from.
  const way = typeof from !== 'string' || from === now ? '' : `${said(from)} → ${said(now)}`;
  const parts = [what, way].filter((part) => part !== '');
  return parts.length === 0 ? [] : [parts.join(', ')];
}

const said = (value: Json | undefined): string => plain(value ?? null);
