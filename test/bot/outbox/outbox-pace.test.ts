import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { PaceLimits } from '../../../src/core/pace.ts';
import type { Severity } from '../../../src/core/severity.ts';
import { channels } from '../../../workspace/people.ts';
import { startWorkspace } from '../../../workspace/server.ts';
import { patience } from '../../support/patience.ts';
import { someIncident } from '../../support/some-incident.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { tokens } from '../local-slack.ts';
import { fetchWithin, type Sending, startSending } from '../sending.ts';
import { clientOf } from '../start-bot.ts';

/** Both sides have a tenth of Slack's pace, on the same clock: thirty posts at once, and thirty a minute. */
const rateScale = 0.1;
const limits: PaceLimits = { 'chat.postMessage': { most: 30, within: 60_000 } };
const herd = 60;
/** Two senders have handed out so many at most. */
const inFlight = 16;

/** A folder of a workspace that has so many channels, and their names. */
async function withChannels(count: number): Promise<{ data: string; ids: string[] }> {
  const folder = tempFolder();
  onTestFinished(folder.remove);
  const manifest = readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8');
  const options = { data: folder.path, tokens, manifest, rateScale: 1e6, say: () => {} };
  const { url, close } = await startWorkspace(options);
  const { api } = clientOf(`${url}/api/`, patience, tokens.bot);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { channel } = await api.conversations.create({ name: `herd-${n}` });
    ids.push(channel?.id ?? expect.fail('no channel was made'));
  }
  await close();
  return { data: folder.path, ids };
}

/** What became of the posts so far, oldest first: the text of each, or that it was too fast. */
async function posts({ slack }: Sending): Promise<string[]> {
  const { traffic } = await slack.control('traffic', {});
  const all = traffic.filter(({ what }) => what === 'chat.postMessage');
  return all.map(({ outcome, request }) =>
    outcome === 'ok' ? String((request as { text: string }).text) : outcome,
  );
}

/** One update of each of so many incidents, of all severities, all due at once, each in its own channel. */
function raiseHerd(sending: Sending, ids: readonly string[]): void {
  for (const [n, to] of ids.entries()) {
    const incident = someIncident(n + 1, { version: 1, severity: (4 - (n % 4)) as Severity });
    sending.want(`INC-${n + 1}/1`, incident.severity);
    sending.outbox.raiseIncident(incident, [{ kind: 'notice', to, urgency: 1 }]);
  }
}

test('two bots send a herd without being told once that they are too fast, the worst first, and what is urgent at once', async () => {
  const { data, ids } = await withChannels(herd);
  const sending = await startSending({ data, rateScale }, limits);
  raiseHerd(sending, ids);
  const slowest = fetchWithin(sending.clock, 8_000);
  for (const _ of [1, 2])
    sending.sender({ client: clientOf(sending.slack.apiUrl, patience, tokens.bot, slowest) });
  await expect.poll(async () => (await posts(sending)).length).toBeGreaterThan(20);
  sending.want('INC-999/1', 0);
  const before = (await posts(sending)).length;
  sending.outbox.raiseIncident(someIncident(999, { version: 1, severity: 4 }), [
    { kind: 'notice', to: channels.general, urgency: 0 },
  ]);
  await expect
    .poll(async () => new Set(await posts(sending)).size, { timeout: 2 * patience })
    .toBe(herd + 1);
  const said = await posts(sending);
  expect(said).not.toContain('429');
  expect(said.indexOf('INC-999/1 0')).toBeLessThanOrEqual(before + inFlight);
  const severities = said.map((text) => Number(text.split(' ')[1])).filter((one) => one > 0);
  const worst = severities.flatMap((one, at) => (one === 1 ? [at] : []));
  expect(worst.at(-1)).toBeLessThan(herd / 4 + inFlight);
});
