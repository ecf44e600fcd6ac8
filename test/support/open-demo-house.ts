import { expect, vi } from 'vitest';
import { connectWorkspace } from '../../workspace/client.ts';
import { people } from '../../workspace/people.ts';
import { bareEnv } from './bare-env.ts';
import { freePort } from './free-port.ts';
import { type Launched, launch } from './launch.ts';
import { readiness } from './pages.ts';
import { patience } from './patience.ts';
import { personIn } from './person.ts';

/** All of `npm start`, with its data in this folder, and the two people of its page; its database is open. */
export async function openDemoHouse(folder: string) {
  const port = await freePort();
  const house: Launched = await launch(folder, {
    ...bareEnv,
    GATEHOUSE_PORT: String(port),
    WORKSPACE_ACK_MS: String(patience / 4),
  });
  const slack = connectWorkspace(house.url);
  // It takes commands before its database is open, and says that it cannot write them down yet.
  const database = async () => (await readiness(`http://127.0.0.1:${port}`)).checks.database;
  await vi.waitFor(async () => expect(await database()).toMatchObject({ ok: true }), patience);
  return {
    house,
    slack,
    engineer: personIn(slack, people.onCall1),
    manager: personIn(slack, people.manager1),
  };
}
