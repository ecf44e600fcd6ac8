import type { IncidentReport, TimelineLine } from '../../core/incident-report.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { paragraphs } from '../blocks/rows.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { line } from '../text/escape.ts';
import { mention } from '../text/mention.ts';
import { moment } from '../text/moment.ts';
import { plainlyIn } from './naming.ts';
import { fullTime } from './review-words.ts';

/** The timeline of an incident, and where it can be read. */
export interface TimelinePage {
  report: IncidentReport;
  /** Where the whole of it can be read; null where there is no page. */
  page: string | null;
}

/** So many lines stand in a message; all of them are in the file. */
const most = 15;

/** The newest lines of the timeline, and where the rest is. For whoever asked alone: nobody who is named is notified. */
export function timelineMessage({ report, page }: TimelinePage): Message {
  const { incident, lines, leftOut } = report;
  const all = lines.length + leftOut;
  const shown = lines.slice(-most);
  const typed = `/auth incident timeline --incident ${incident.id} --all`;
  const rest =
    all > shown.length
      ? ` The newest ${shown.length} of ${all}; ${code(typed)} sends all of it as a file.`
      : '';
  const link = page === null ? '' : ` <${page}|On its page>.`;
  const first = `*${incident.id}*: the timeline, oldest first.${rest}${link}`;
  return {
    text: clip(`The timeline of ${incident.id}`, limits.text),
    blocks: [section(first), ...paragraphs(shown.map(marked)).slice(0, 40)],
  };
}

/** One line as Slack shows it: in everybody's own time, with the full date. */
function marked({ at, sign, kind, by, said, permalink, files, later }: TimelineLine): string {
  const who = kind === 'note' && by !== null ? `${mention(by)}: ` : '';
  const more = [...later, ...(files.length > 0 ? [`files: ${line(files.join(', '))}`] : [])];
  const after = more.map((one) => ` _(${one})_`).join('');
  const link = permalink !== null && /^https?:\/\/[^\s<>|]+$/.test(permalink);
  const where = link ? ` <${permalink}|message>` : '';
  return clip(`${moment(at)}  ${sign} ${who}${withPeople(said)}${where}${after}`, 2_800);
}

/** Whom people have named in a message that was put there: its text is escaped, so that they stand there as ids. */
const withPeople = (said: string): string =>
  said.replace(/&lt;@([UW][A-Z0-9]{1,20})(?:\|[^&]{0,80})?&gt;/g, (_all, id: string) =>
    mention(id),
  );

/** Every line as plain text, oldest first, for a file. */
export function timelineLines(report: IncidentReport): string[] {
  const say = plainlyIn(report, 'names');
  return report.lines.map(({ at, kind, by, said, permalink, files, later }) => {
    const who = kind === 'note' && by !== null ? `${say(`<@${by}>`)}: ` : '';
    const rest = [
      ...(permalink === null ? [] : [permalink]),
      ...(files.length === 0 ? [] : [`files: ${files.join(', ')}`]),
      ...later.map(say),
    ];
    const text = [`${who}${say(said)}`, ...rest].join(' · ');
    return `${fullTime(at)}  ${text.replace(/\s*\n\s*/g, ' · ')}`;
  });
}
