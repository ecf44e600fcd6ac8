// npm run screenshot [-- FILE]: the picture of the page in the README, taken of the real thing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../test/support/browser.ts';
import { launch } from '../test/support/launch.ts';
import { connectWorkspace } from '../workspace/client.ts';
import { channels, people } from '../workspace/people.ts';

const out = process.argv[2] ?? 'docs/page.png';
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-screenshot-'));
const house = await launch(folder);
try {
  const slack = connectWorkspace(house.url);
  const say = (as: string, text: string) => slack.type({ as, channel: channels.authOps, text });
  const seen = (as: string, title: string) =>
    slack.waitFor(as, ({ messages }) =>
      messages.some(({ blocks }) => JSON.stringify(blocks).includes(title)),
    );

  await say(people.manager1, 'Anything I should know before the handover at nine?');
  await say(people.onCall1, 'Having a look.');
  await say(people.onCall1, '/auth status');
  await seen(people.onCall1, 'Status of all services');
  await say(people.manager1, '/auth explain flushall');
  await seen(people.manager1, 'FLUSHALL');

  const browser = await launchBrowser();
  const page = await browser.newPage({
    viewport: { width: 1440, height: 860 },
    colorScheme: 'light',
  });
  const place = (person: string) => `${person}/${channels.authOps}`;
  await page.goto(`${house.url}/#left=${place(people.onCall1)}&right=${place(people.manager1)}`);
  await page.getByText('Status of all services').first().waitFor();
  await page.screenshot({ path: out });
  await browser.close();
  console.log(`wrote ${out}`);
} finally {
  await house.end();
  rmSync(folder, { recursive: true, force: true });
}
