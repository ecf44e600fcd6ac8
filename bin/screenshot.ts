// npm run screenshot [-- FILE]: the picture of the page in the README, taken of the real thing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../test/support/browser.ts';
import { launch } from '../test/support/launch.ts';
import { answersIn, personIn, textOf } from '../test/support/person.ts';
import { connectWorkspace } from '../workspace/client.ts';
import { channels, people } from '../workspace/people.ts';

const out = process.argv[2] ?? 'docs/page.png';
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-screenshot-'));
const house = await launch(folder);
/** The first start makes the database: until then a change is not taken. */
const patience = 30_000;

try {
  const slack = connectWorkspace(house.url);
  const [engineer, manager] = [people.onCall1, people.manager1].map((id) => personIn(slack, id));
  if (!engineer || !manager) throw new Error('Nobody is there.');
  const card = (text: string) =>
    slack.waitFor(
      manager.id,
      (seen) =>
        answersIn(seen).find(
          (one) => one.channel === channels.authOps && !one.onlyFor && textOf(one).includes(text),
        ),
      patience,
    );
  /** Asks for it until the database is open. */
  const untilTaken = async () => {
    const typed = 'restart rms-auth@prod --reason "memory leak since noon"';
    for (const end = performance.now() + patience; performance.now() < end; ) {
      const { text } = await engineer.asks(typed, channels.authOps);
      if (!text.includes('not recorded')) return;
    }
  };

  const browser = await launchBrowser();
  const page = await browser.newPage({
    viewport: { width: 1440, height: 1060 },
    colorScheme: 'light',
  });
  const place = (person: string) => `${person}/${channels.authOps}`;
  await page.goto(`${house.url}/#left=${place(people.onCall1)}&right=${place(people.manager1)}`);
  await engineer.says(
    'Memory of rms-auth grows since noon, I would like to restart it.',
    channels.authOps,
  );
  await untilTaken();
  await manager.clicks(await card('waiting'), 'Approve');
  await card('done and proved');
  await page.getByText('done and proved').first().waitFor();
  await page.screenshot({ path: out });
  await browser.close();
  console.log(`wrote ${out}`);
} finally {
  await house.end();
  rmSync(folder, { recursive: true, force: true });
}
