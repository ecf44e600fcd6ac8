import type { IncidentReport, TimelineLine } from '../core/incident-report.ts';
import { silentSince } from '../core/silence.ts';
import { targetName } from '../core/target.ts';
import { impactWords, severityWords } from '../views/incidents/incident-words.ts';
import { type Naming, type Plainly, plainlyIn } from '../views/incidents/naming.ts';
import {
  type Fact,
  fullTime,
  impactLasted,
  keyTimes,
  missedPromises,
  personIn,
  promiseRows,
} from '../views/incidents/review-words.ts';
import { Html, html } from './html.ts';
import { pageStyle } from './page-style.ts';

/** What the page shows besides the report. */
export interface PageMatter {
  report: IncidentReport;
  naming: Naming;
  /** Until when its address holds, in milliseconds since 1970. */
  until: number;
  /** Where the chart is, and what it shows in words; null where nothing was checked. */
  chart: { address: string; alt: string } | null;
  /** Since when Slack cannot be reached, and why; null while it can. */
  slackAway: { since: number; why: string } | null;
}

/** Everything about an incident as a page that needs no script: as it is, how it went, and its review. */
export function incidentPage(matter: PageMatter): string {
  const { report, naming, until, chart, slackAway } = matter;
  const say = plainlyIn(report, naming);
  const { incident } = report;
  const title = say(`${incident.id}: ${incident.title}`);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${title}</title>
${styleSheet}
</head>
<body>
<header>
<h1>${title}</h1>
<p>${say(severityWords(incident))}, <strong>${incident.state}</strong>${incident.security ? ', about security' : ''}</p>
${silence(silentSince(incident))}
${absence(slackAway)}
</header>
<main>
${part('Now', factList(nowFacts(report, say)))}
${chart === null ? null : part('The checks', html`<p><img src="${chart.address}" alt="${chart.alt}"></p>`)}
${part('Promises', promises(report, say))}
${part('Key times', factList(keyTimes(incident)))}
${reviewParts(report, say)}
${part('Timeline', timeline(report, say))}
</main>
<footer><p>${small(report, naming, until)}</p></footer>
</body>
</html>`;
  return page.text;
}

/** Not escaped: the style is Gatehouse's own, and what the headers allow is exactly it. */
export const styleSheet = new Html(`<style>${pageStyle}</style>`);

/** Colour, sign and word: of one of which nobody gives an update any more. */
const silence = (since: number | null): Html | null =>
  since === null
    ? null
    : html`<p class="alarm"><span aria-hidden="true">🟥</span> <strong>SILENT</strong> since ${fullTime(since)}: no person has given an update, and nobody is reminded any more. Post an update in Slack to end this.</p>`;

const absence = (away: PageMatter['slackAway']): Html | null =>
  away === null
    ? null
    : html`<p class="alarm"><span aria-hidden="true">🔌</span> <strong>Slack cannot be reached</strong> since ${fullTime(away.since)}: ${away.why}. What is due is still written down here at its time; whoever has to be called is called by mail and webhook, where that is set up; everybody else hears of it when Slack is back.</p>`;

const part = (name: string, body: Html): Html => html`<section><h2>${name}</h2>${body}</section>`;

const factList = (facts: readonly Fact[]): Html =>
  html`<dl>${facts.map(([name, said]) => html`<dt>${name}</dt><dd>${said}</dd>`)}</dl>`;

function nowFacts({ incident }: IncidentReport, say: Plainly): Fact[] {
  const { target, roles, impact, known, doing, updates, resolution, acknowledged } = incident;
  const who = (id: string | undefined) => (id === undefined ? 'nobody' : say(`<@${id}>`));
  const some = (name: string, text: string | null): Fact[] =>
    text === null || text === '' ? [] : [[name, text]];
  return [
    ...some('Service', target && say(targetName(target))),
    ['Led by', who(roles.commander?.by)],
    ['Communications', who(roles.communications?.by)],
    ['Acknowledged by', who(acknowledged?.by)],
    ...some('Hit', impact.map((one) => impactWords[one]).join(', ')),
    ...some('Impact lasted', impactLasted(incident)),
    ...some('Known', known && say(known)),
    ...some('Doing', doing && say(doing)),
    ...some('Next update', updates.next === null ? null : fullTime(updates.next)),
    ...some('Fixed by', resolution && say(resolution.fix)),
    ...some(
      'Cause',
      resolution && say([resolution.cause, resolution.causeText].filter(Boolean).join(': ')),
    ),
  ];
}

/** What was promised, and of what was missed each with its times. */
function promises(report: IncidentReport, say: Plainly): Html {
  const missed = missedPromises(report);
  if (missed.length === 0) return promiseTable(report);
  return html`${promiseTable(report)}<p>Missed:</p>${items(missed.map(say))}`;
}

function promiseTable(report: IncidentReport): Html {
  return html`<table>
<thead><tr><th scope="col">Promise</th><th scope="col">How it went</th><th scope="col">Kept</th></tr></thead>
<tbody>${promiseRows(report).map(
    ({ name, said, kept }) =>
      html`<tr><th scope="row">${name}</th><td>${said}</td><td>${kept === null ? '–' : kept ? 'yes' : 'no'}</td></tr>`,
  )}</tbody>
</table>`;
}

/** What people have written for the review, what is left to be done, and what is kept. */
function reviewParts({ incident, evidence }: IncidentReport, say: Plainly): Html[] {
  const { review, followUps, security } = incident;
  const notes: [string, string | undefined][] = [
    ['Summary', review?.notes.summary],
    ['What helped', review?.notes.helped],
    ['What hindered', review?.notes.hindered],
    ['Where we were lucky', review?.notes.lucky],
  ];
  return [
    ...notes.flatMap(([name, text]) =>
      text?.trim() ? [part(name, html`<p>${say(text)}</p>`)] : [],
    ),
    ...(followUps.length > 0 ? [part('Follow-ups', items(followUps.map(followUpText(say))))] : []),
    ...(security || evidence.length > 0
      ? [
          part(
            'Evidence',
            evidence.length > 0 ? items(evidence.map(say)) : html`<p>None was kept.</p>`,
          ),
        ]
      : []),
  ];
}

const items = (texts: readonly string[]): Html =>
  html`<ul>${texts.map((text) => html`<li><p>${text}</p></li>`)}</ul>`;

const followUpText =
  (say: Plainly) =>
  ({ id, text, owner, due, done }: IncidentReport['incident']['followUps'][number]): string => {
    const who = owner === null ? 'nobody' : say(personIn(owner));
    const when = due === null ? 'no date' : fullTime(due).slice(0, 10);
    return `${done ? 'Done: ' : ''}${id} ${say(text)} – ${who}, ${when}`;
  };

function timeline({ lines, leftOut }: IncidentReport, say: Plainly): Html {
  const left =
    leftOut === 0 ? null : html`<p class="soft">${leftOut} older records are left out.</p>`;
  return html`${left}<ol>${lines.map((line) => lineItem(line, say))}</ol>`;
}

function lineItem(line: TimelineLine, say: Plainly): Html {
  const { at, kind, by, said, permalink, files, later } = line;
  const who = kind === 'note' && by !== null ? `${say(`<@${by}>`)}: ` : '';
  const link = permalink !== null && /^https?:\/\//.test(permalink) ? permalink : null;
  const more = [
    ...later.map(say),
    ...(files.length > 0 ? [`files: ${say(files.join(', '))}`] : []),
  ];
  return html`<li${kind === 'note' ? html` class="note"` : null}><time datetime="${new Date(at).toISOString()}">${fullTime(at)}</time>
<p>${who}${say(said)}${link === null ? null : html` <a href="${link}" rel="noreferrer">message</a>`}</p>${more.map((one) => html`<p class="soft">${one}</p>`)}</li>`;
}

const small = ({ incident, now }: IncidentReport, naming: Naming, until: number): string =>
  `Version ${incident.version}, as it was at ${fullTime(now)}. This address was given to one person: it shows the page until ${fullTime(until)} at the latest, and only as long as they may read the incident. Do not pass it on; whoever needs one gets their own with /auth incident show ${incident.id} in Slack.${
    naming === 'roles' ? ' People are called by their roles.' : ''
  }`;
