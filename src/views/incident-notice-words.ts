import type { AuditRecord } from '../core/audit.ts';
import { afterwardsSayings } from './incident-notice/afterwards.ts';
import { peopleSayings } from './incident-notice/people.ts';
import { runSayings } from './incident-notice/runs.ts';
import { by, type Words } from './incident-notice/saying.ts';
import { stateSayings } from './incident-notice/state.ts';
import { updatesSayings } from './incident-notice/updates.ts';
import type { NoticeReader } from './incident-notice.ts';

const sayings = {
  ...stateSayings,
  ...updatesSayings,
  ...peopleSayings,
  ...afterwardsSayings,
  ...runSayings,
};

/** What a record says; one of a kind that has no words of its own is said by its name. */
export function noticeWords(record: AuditRecord, reader: NoticeReader): Words {
  const what = record.event.replace(/^incident\./, '');
  const say = sayings[what];
  if (say) return say(record.facts, record, reader);
  return { sign: ':information_source:', said: `${what.replaceAll('-', ' ')}${by(record)}` };
}
