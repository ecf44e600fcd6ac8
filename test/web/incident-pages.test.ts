import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IncidentReport } from '../../src/core/incident-report.ts';
import { incidentPage } from '../../src/web/incident-page.ts';
import { showIncident } from '../../src/web/incident-pages.ts';
import { createPageLinks } from '../../src/web/page-links.ts';
import { someIncident } from '../support/some-incident.ts';

const now = Date.UTC(2026, 10, 16);
const links = createPageLinks('xoxb-one', () => now);
let readers = ['U1', 'U2'];
let away: { since: number; why: string } | null = null;
const report = async (): Promise<IncidentReport> => ({
  incident: someIncident(42, { title: 'zanzibar leaks' }),
  now,
  lines: [],
  leftOut: 0,
  promises: {
    acknowledged: { took: null, within: null },
    updates: { posted: 0, onTime: 0, late: 0, merged: 0 },
    followUps: { dated: 0, kept: 0 },
    missed: [],
    reminders: 0,
    escalations: 0,
    redAgain: 0,
    absent: 0,
  },
  absences: [],
  evidence: [],
  names: new Map(),
});
const picture = { png: new Uint8Array([1, 2, 3]), alt: 'How it was' };
const server = createServer((request, response) => {
  const mayRead = async (person: string) => readers.includes(person);
  const pages = { links, report, mayRead, chart: async () => picture, slackAway: () => away };
  void showIncident(request.url ?? '', response, pages);
});
const get = async (path: string) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
};

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a link shows the page only as long as whom it was given to may read it', async () => {
  const mine = links.write('INC-42', 'names', 'U1');
  expect((await get(mine)).text).toContain('zanzibar');
  expect((await get(mine)).text).toContain('2026-11-17 00:00');
  expect((await get(mine)).text).toContain('src="data:image/png;base64,AQID"');
  readers = ['U2'];
  const page = await get(mine);
  expect(page.status).toBe(404);
  expect(page.text).not.toContain('zanzibar');
  expect((await get(links.write('INC-42', 'names', 'U2'))).text).toContain('zanzibar');
});

test('whatever is wrong with a link, the answer is the same and says how to get one', async () => {
  const link = links.write('INC-42', 'names', 'U1');
  const all = [
    link, // who may not read it any more
    '/incidents/INC-42', // the bookmark
    link.replace('for=U1', 'for=U2'),
    link.replace('INC-42', 'INC-43'),
    createPageLinks('xoxb-one', () => now - 90_000_000).write('INC-42', 'names', 'U2'),
  ];
  const answers = await Promise.all(all.map(get));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.text).toContain('/auth incident show');
});

test('while Slack cannot be reached it says so, and what goes on', async () => {
  const mine = links.write('INC-42', 'names', 'U2');
  expect((await get(mine)).text).not.toContain('Slack cannot be reached');
  away = { since: now, why: '<503>' };
  const { text } = await get(mine);
  away = null;
  expect(text).toMatch(
    /class="alarm">.*Slack cannot be reached<\/strong> since 2026-11-16 00:00 UTC: &lt;503&gt;\./,
  );
});

test('one of which nobody gives an update any more says so in red, with a sign and a word', async () => {
  const said = await report();
  const silent = { ...said.incident, counted: { overdue: { from: now, done: 7 } } };
  const pageOf = (incident: IncidentReport['incident']) =>
    incidentPage({
      report: { ...said, incident },
      naming: 'names',
      until: now,
      chart: null,
      slackAway: null,
    });
  expect(pageOf(silent)).toMatch(
    /<p class="alarm"><span aria-hidden="true">🟥<\/span> <strong>SILENT/,
  );
  expect(pageOf(silent)).toMatch(/\.alarm \{ color: var\(--alarm\)/);
  expect(pageOf({ ...silent, state: 'closed' })).not.toContain('SILENT');
  expect(pageOf(said.incident)).not.toContain('SILENT');
});
