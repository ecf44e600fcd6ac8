import { createSlackClient } from '../src/bot/calling/slack-client.ts';
import { createDirectory } from '../src/bot/people/directory.ts';
import type { Config } from '../src/config/config.ts';
import type { SlackAccess } from '../src/config/environment.ts';
import type { Clock } from '../src/core/clock.ts';
import type { Redactor } from '../src/core/redactor.ts';
import { lookAtContacts } from '../src/incidents/calling/unknown-contacts.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Looks up everybody whom the contacts of incidents name: whom it is about, what was looked up, what came of it. */
export async function tryContacts(
  { policy, team, incidentSettings }: Config,
  { apiUrl, botToken: token }: SlackAccess,
  clock: Clock,
  redactor: Pick<Redactor, 'redact' | 'redactAll'>,
): Promise<[subject: string, tried: string, outcome: string, detail: string][]> {
  const { api } = createSlackClient({ apiUrl, token, redactor, log: silent });
  const directory = createDirectory({
    api,
    team,
    roles: () => policy.roles,
    oncall: () => policy.oncall ?? {},
    clock,
    log: silent,
  });
  const { rules, services } = incidentSettings;
  const contacts = [rules, ...Object.values(services)].flatMap((one) => one.contacts);
  const once = new Map(contacts.map((one) => [JSON.stringify([one.name, one.who]), one]));
  const all = await lookAtContacts([...once.values()], directory, team);
  return all.map(({ contact, who, why, unclear }) => [
    `contact ${contact}`,
    who,
    why === null ? 'up' : unclear ? 'unknown' : 'down',
    why ?? 'can be called',
  ]);
}
