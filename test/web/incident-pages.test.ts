import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IncidentReport } from '../../src/core/incident-report.ts';
import { showIncident } from '../../src/web/incident-pages.ts';
import { createPageLinks } from '../../src/web/page-links.ts';
import { someIncident } from '../support/some-incident.ts';

const now = Date.UTC(2026, 10, 16);
const links = createPageLinks('xoxb-one', () => now);
let security = false;
const report = async (): Promise<IncidentReport> => ({
  incident: someIncident(42, { security, title: 'zanzibar leaks' }),
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
const server = createServer((request, response) => {
  const pages = { links, report, chart: async () => null };
  void showIncident(request.url ?? '', response, pages);
});
const get = async (path: string) => {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
};

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a link that everybody was given ends when the incident turns out to be about security', async () => {
  const [before, after] = [
    links.write('INC-42', 'names', false),
    links.write('INC-42', 'names', true),
  ];
  expect((await get(before)).text).toContain('zanzibar');
  security = true;
  expect(await get(before)).toMatchObject({ status: 404 });
  expect((await get(before)).text).not.toContain('zanzibar');
  expect((await get(before.replace('?', '/chart.png?'))).status).toBe(404);
  expect((await get(after)).text).toContain('zanzibar');
});
