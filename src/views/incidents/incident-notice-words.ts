import type { AuditRecord } from '../../core/audit.ts';
import type { IncidentEventName } from '../../core/incident-events.ts';
import { afterwardsSayings } from './incident-notice/afterwards.ts';
import { evidenceSayings } from './incident-notice/evidence.ts';
import { keepingSayings } from './incident-notice/keeping.ts';
import type { NoticeReader } from './incident-notice/notice-reader.ts';
import { peopleSayings } from './incident-notice/people.ts';
import { runSayings } from './incident-notice/runs.ts';
import { by, type Say, type Words } from './incident-notice/saying.ts';
import { stateSayings } from './incident-notice/state.ts';
import { tracesSayings } from './incident-notice/traces.ts';
import { updatesSayings } from './incident-notice/updates.ts';

/** The words of each event. The compiler wants some for every one that there is. */
const sayings: Readonly<Record<IncidentEventName, Say>> = {
  ...stateSayings,
  ...updatesSayings,
  ...peopleSayings,
  ...afterwardsSayings,
  ...runSayings,
  ...keepingSayings,
  ...evidenceSayings,
  ...tracesSayings,
};

/** What a record says; one of a kind that this version does not know is said by its name. */
export function noticeWords(record: AuditRecord, reader: NoticeReader): Words {
  const what = record.event.replace(/^incident\./, '');
  const say = Object.hasOwn(sayings, what) && sayings[what as IncidentEventName];
  if (say) return say(record.facts, record, reader);
  return { sign: ':information_source:', said: `${what.replaceAll('-', ' ')}${by(record)}` };
}
