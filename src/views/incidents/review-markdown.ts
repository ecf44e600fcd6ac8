import type { FollowUp } from '../../core/incident.ts';
import type { IncidentReport } from '../../core/incident-report.ts';
import { targetName } from '../../core/target.ts';
import { impactWords, severityWords } from './incident-words.ts';
import { type Naming, type Plainly, plainlyIn } from './naming.ts';
import {
  type Fact,
  fullTime,
  impactLasted,
  keyTimes,
  missedPromises,
  personIn,
  promiseRows,
} from './review-words.ts';

/** The review of an incident as a Markdown file, made from its timeline; what people wrote stands in it as text. */
export function reviewMarkdown(report: IncidentReport, naming: Naming): string {
  const plainly = plainlyIn(report, naming);
  const say: Plainly = (text) => escaped(plainly(text));
  const { incident } = report;
  const notes = incident.review?.notes;
  return [
    `# ${say(`${incident.id}: ${incident.title}`)}`,
    facts(headFacts(report, say)),
    section('Summary', words(notes?.summary, say) ?? summaryOf(report, say)),
    section('Impact', impactOf(report, say)),
    section('Key times', facts(keyTimes(incident))),
    section('Promises', promises(report, say)),
    section('Timeline', timeline(report, say)),
    section('What helped', words(notes?.helped, say) ?? nothing),
    section('What hindered', words(notes?.hindered, say) ?? nothing),
    section('Where we were lucky', words(notes?.lucky, say) ?? nothing),
    section('Follow-ups', followUps(incident.followUps, say)),
    ...(incident.security || report.evidence.length > 0
      ? [section('Evidence', bullets(report.evidence.map(say)) ?? 'None was kept.')]
      : []),
    small(report, naming),
  ].join('\n\n');
}

const nothing = '_Nobody has written anything here yet._';

/** Everything that Markdown or a page in it could take for markup is text. */
const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&').replace(/^(\s*)([-+=]|\d+\.)(?=\s)/gm, '$1\\$2');

const section = (name: string, body: string): string => `## ${name}\n\n${body}`;
const facts = (all: readonly Fact[]): string =>
  all.map(([name, said]) => `- **${name}:** ${said}`).join('\n');
const bullets = (all: readonly string[]): string | null =>
  all.length === 0 ? null : all.map((one) => `- ${oneLine(one)}`).join('\n');
const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' · ');

const words = (text: string | undefined, say: Plainly): string | null =>
  text === undefined || text.trim() === '' ? null : say(text.trim());

function headFacts({ incident }: IncidentReport, say: Plainly): Fact[] {
  const { target, state, roles, security } = incident;
  const led = roles.commander?.by;
  return [
    ['Severity', say(`${severityWords(incident)}${security ? ', about security' : ''}`)],
    ['State', state],
    ...(target ? [['Service', say(targetName(target))] as Fact] : []),
    ['Led by', led === undefined ? 'nobody' : say(`<@${led}>`)],
  ];
}

function summaryOf({ incident }: IncidentReport, say: Plainly): string {
  const { resolution, known, cancelled } = incident;
  if (cancelled) return say(`Cancelled: ${cancelled.reason}.`);
  if (resolution === null) return known === null ? nothing : say(known);
  const { fix, cause, causeText } = resolution;
  return say(
    `Fixed by: ${fix}\nThe cause is ${cause}${causeText === null ? '' : `: ${causeText}`}.`,
  );
}

function impactOf({ incident }: IncidentReport, say: Plainly): string {
  const hit = incident.impact.map((one) => impactWords[one]).join(', ');
  const lasted = impactLasted(incident);
  const told = incident.resolution?.customerText ?? null;
  return facts([
    ['Hit', hit === '' ? 'nobody has said' : hit],
    ['Lasted', lasted ?? 'it is not over'],
    ...(told === null ? [] : [['Customers were told', say(told)] as Fact]),
  ]);
}

/** What was promised, and of what was missed each with its times. */
function promises(report: IncidentReport, say: Plainly): string {
  const missed = bullets(missedPromises(report).map(say));
  return [promiseTable(report), ...(missed === null ? [] : [`Missed:\n\n${missed}`])].join('\n\n');
}

function promiseTable(report: IncidentReport): string {
  const rows = promiseRows(report).map(
    ({ name, said, kept }) =>
      `| ${name} | ${said} | ${kept === null ? '–' : kept ? 'yes' : 'no'} |`,
  );
  return ['| Promise | How it went | Kept |', '| --- | --- | --- |', ...rows].join('\n');
}

function timeline({ lines, leftOut }: IncidentReport, say: Plainly): string {
  const all = lines.map(({ at, by, kind, said, permalink, files, later }) => {
    const who = kind === 'note' && by !== null ? `${say(`<@${by}>`)}: ` : '';
    const link = permalink === null ? '' : ` ([message](${linkable(permalink)}))`;
    const with_ = files.length === 0 ? '' : ` (files: ${say(files.join(', '))})`;
    const since = later.map((one) => ` (${say(one)})`).join('');
    return `- **${fullTime(at)}** ${who}${oneLine(say(said))}${link}${with_}${since}`;
  });
  const left =
    leftOut === 0 ? [] : [`_${leftOut} older records are left out; /auth audit has them._`, ''];
  return [...left, ...all].join('\n');
}

/** Only an address of the web is a link, and nothing in it can end it. */
const linkable = (address: string): string =>
  /^https?:\/\//.test(address)
    ? encodeURI(decode(address)).replace(/[()\s]/g, encodeURIComponent)
    : '#';

function decode(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

const followUps = (all: readonly FollowUp[], say: Plainly): string =>
  bullets(
    all.map(({ id, text, owner, due, done }) => {
      const who = owner === null ? 'nobody' : say(personIn(owner));
      const when = due === null ? 'no date' : fullTime(due).slice(0, 10);
      return `${done ? '[x]' : '[ ]'} ${id} ${say(text)} – ${who}, ${when}`;
    }),
  ) ?? 'None.';

const small = ({ incident, now }: IncidentReport, naming: Naming): string =>
  `---\n\nMade by Gatehouse from version ${incident.version} of ${incident.id}, ${fullTime(now)}.${
    naming === 'roles'
      ? ' People are called by their roles; whoever reads it has to look whether what was typed names somebody.'
      : ''
  }`;
