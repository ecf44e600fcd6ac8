import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { problemLine } from '../../src/config/problem.ts';
import { rulesFor, wordsOf } from '../../src/config/read-incidents.ts';
import { usualClocks, usualSecurity } from '../../src/core/default-incident-rules.ts';
import type { Severity } from '../../src/core/severity.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { base, load } from './policy-file.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const minute = 60_000;
writeFileSync(join(folder.path, 'hook'), 'https://example.com/hook\n');
writeFileSync(join(folder.path, 'plain-hook'), 'http://example.com/hook\n');
const notify =
  'notify: { smtp: { host: mail.example.com, from: g@example.com }, webhook: { key: "file:hook" } }';
const read = (section: string, other = notify) =>
  load(folder.path, `${base}incidents: ${section}\n${other}\n`);
const settings = (section: string) => {
  const loaded = read(section);
  return loaded.ok
    ? loaded.value.incidentSettings
    : expect.fail(loaded.error.map(problemLine).join('\n'));
};
const mistakes = (section: string, other?: string): string[] => {
  const loaded = read(section, other);
  return loaded.ok ? [] : loaded.error.map((one) => `${one.path}: ${one.says}`);
};

describe('without a section', () => {
  const { rules } = settings('{}');

  test.each<[Severity, (number | null | boolean)[]]>([
    [1, [5, 15, false, 30, 15, 30, 3]],
    [2, [15, 30, false, 60, 15, 30, 5]],
    [3, [30, 120, true, null, 15, 30, null]],
    [4, [240, null, true, null, 15, 30, null]],
  ])('a SEV%s promises what the runbooks do', (severity, expected) => {
    const clock = rules.clock[severity];
    const inMinutes = (ms: number | null) => ms && ms / minute;
    expect([
      inMinutes(clock.acknowledge),
      inMinutes(clock.updateEvery),
      clock.workingHours,
      inMinutes(clock.acknowledgedFor),
      inMinutes(clock.watch),
      inMinutes(clock.watchAfterRelease),
      clock.reviewDays,
    ]).toEqual(expected);
  });

  test('the ladders are those of the runbooks', () => {
    const ladder = (severity: Severity, kind: 'unacknowledged' | 'unresolved') =>
      rules.clock[severity][kind].map(({ after, contact }) => `${contact} ${after / minute}`);
    expect(ladder(1, 'unacknowledged')).toEqual(['secondary 5', 'manager 10']);
    expect(ladder(1, 'unresolved')).toEqual(['manager 5']);
    expect(ladder(2, 'unacknowledged')).toEqual(['secondary 15', 'manager 30']);
    expect(ladder(2, 'unresolved')).toEqual(['manager 60']);
    expect([3, 4].flatMap((one) => ladder(one as Severity, 'unacknowledged'))).toEqual([]);
    expect(rules.security).toEqual(usualSecurity);
  });

  test('contacts are the on-call lists and roles that there are, and nobody where there are none', () => {
    expect(rules.contacts).toEqual([
      { name: 'primary', who: ['oncall:primary'] },
      { name: 'secondary', who: [] },
      { name: 'manager', who: ['role:manager'] },
      { name: 'security', who: ['role:security'] },
      { name: 'ciso', who: [] },
    ]);
    expect(rules.roles).toEqual({
      responders: ['oncall'],
      managers: ['manager'],
      security: ['security'],
    });
  });
});

describe('a section', () => {
  test('says of a severity only what is otherwise', () => {
    const { rules } = settings(
      '{ clocks: { sev1: { update_every: 10m, acknowledge: none, review_days: none, unresolved: [] } } }',
    );
    expect(rules.clock[1]).toEqual({
      ...usualClocks[1],
      updateEvery: 10 * minute,
      acknowledge: null,
      reviewDays: null,
      unresolved: [],
    });
    expect(rules.clock[2]).toEqual(usualClocks[2]);
  });

  test('says for a service what is otherwise there, and keeps the rest', () => {
    const all = settings(`
  contacts: { ciso: { who: "user:U0CISO" }, infra: { who: ["group:S0INFRA", "role:manager"], email: infra@example.com } }
  stakeholders: C0STATUS
  services:
    rust-auth:
      clocks: { sev2: { update_every: 20m } }
      contacts: { secondary: { who: "user:U0RUST" } }
      cadence: { least: 10m, most: 1h }
      working_hours: { zone: Europe/Berlin, days: [mon, sun], from: "08:30", to: "24:00" }
      words: { Critical: 1, High: 2, Urgent: 1 }`);
    const own = rulesFor(all, { service: 'rust-auth', env: 'prod' });
    expect(own.clock[2].updateEvery).toBe(20 * minute);
    expect(own.words).toEqual({ 1: 'Critical', 2: 'High' });
    expect(own.contacts.find(({ name }) => name === 'secondary')?.who).toEqual(['user:U0RUST']);
    expect(own.contacts.find(({ name }) => name === 'infra')?.email).toEqual(['infra@example.com']);
    expect(own.channels).toEqual({ announce: null, stakeholders: 'C0STATUS' });
    expect(own.working).toEqual({ zone: 'Europe/Berlin', days: [1, 7], from: 510, to: 1_440 });
    expect(own.cadence).toEqual({ least: 10 * minute, most: 60 * minute });
    expect(rulesFor(all, null)).toBe(all.rules);
    expect(rulesFor(all, { service: 'constructor', env: 'prod' })).toBe(all.rules);
    expect(all.rules.clock[2].updateEvery).toBe(30 * minute);
  });

  test('keeps the address of a webhook out of the rules, which are written down', () => {
    const { rules, webhooks } = settings(
      '{ contacts: { infra: { who: "role:manager", webhook: "file:hook" } } }',
    );
    expect(rules.contacts.at(-1)).toEqual({
      name: 'infra',
      who: ['role:manager'],
      webhook: 'infra',
    });
    expect(webhooks.infra?.reveal()).toBe('https://example.com/hook');
    expect(JSON.stringify(rules)).not.toContain('example.com/hook');
  });

  test('knows a word by which runbooks mean the same, and none of which they do not', () => {
    const words = { one: { critical: 1, p0: 1 }, other: { critical: 1, p0: 2 } } as const;
    expect([...wordsOf({ words })]).toEqual([['critical', 1]]);
  });
});

describe('a mistake is said with its place', () => {
  test.each([
    [
      '{ clocks: { sev1: { unacknowledged: [{ after: 5m, call: secondry }] } } }',
      'incidents.clocks.sev1.unacknowledged.0.call: there is no contact called secondry; did you mean secondary?',
    ],
    [
      '{ security: { unresolved: [{ after: 0s, call: sec }] } }',
      'incidents.security.unresolved.0.call: there is no contact called sec',
    ],
    [
      '{ contacts: { infra: { who: ["oncall:second"] } } }',
      'incidents.contacts.infra.who.0: there is no on-call list called second; expected one of primary',
    ],
    [
      '{ contacts: { infra: { who: "role:boss" } } }',
      'incidents.contacts.infra.who.0: there is no role called boss',
    ],
    ['{ contacts: { infra: { who: "@jane" } } }', 'incidents.contacts.infra.who: expected'],
    [
      '{ contacts: { infra: { who: "role:manager", webhook: "https://example.com/x" } } }',
      'incidents.contacts.infra.webhook: expected env:NAME or file:PATH',
    ],
    [
      '{ roles: { responders: [nobody] } }',
      'incidents.roles.responders.0: there is no role called nobody',
    ],
    ['{ services: { rust: {} } }', 'incidents.services.rust: there is no service called rust'],
    [
      '{ services: { rust-auth: { clocks: { sev2: { unresolved: [{ after: 1h, call: boss }] } } } } }',
      'incidents.services.rust-auth.clocks.sev2.unresolved.0.call: there is no contact called boss',
    ],
    [
      '{ clocks: { sev1: { unacknowledged: [{ after: 9m, call: manager }, { after: 5m, call: manager }] } } }',
      'incidents.clocks.sev1.unacknowledged: expected the rungs in the order of their times',
    ],
    ['{ clocks: { sev5: {} } }', 'incidents.clocks'],
    ['{ clocks: { sev1: { update_every: 10s } } }', 'incidents.clocks.sev1.update_every: expected'],
    [
      '{ cadence: { least: 20m, most: 1h }, clocks: { sev1: { update_every: 10m } } }',
      'incidents.clocks.sev1.update_every: is not between the least and the most of cadence',
    ],
    ['{ cadence: { least: 2h, most: 1h } }', 'incidents.cadence: expected at least as much'],
    ['{ working_hours: { zone: Mars } }', 'incidents.working_hours.zone: expected a time zone'],
    ['{ working_hours: { from: "9:00" } }', 'incidents.working_hours.from: expected a time of day'],
    ['{ working_hours: { from: "18:00" } }', 'incidents.working_hours: expected an end after'],
    ['{ working_hours: { days: [] } }', 'incidents.working_hours.days: expected at least 1'],
    ['{ stakeholders: status }', 'incidents.stakeholders: expected the Slack id of a channel'],
    ['{ clock: {} }', 'incidents.clock: unknown key'],
  ])('in %s', (section, says) => {
    expect(mistakes(section)).toEqual([expect.stringContaining(says)]);
  });
});

describe('how people are called while Slack is away', () => {
  const who = 'who: "role:manager"';

  test.each([
    [`email: m@example.com`, 'email: nobody can be written to; expected notify.smtp as well'],
    [`webhook: "file:hook"`, 'webhook: no call can be signed; expected notify.webhook as well'],
  ])('%s is nothing without the section for it', (way, says) => {
    const section = `{ contacts: { manager: { ${who}, ${way} } } }`;
    expect(mistakes(section, '')).toEqual([`incidents.contacts.manager.${says}`]);
    expect(mistakes(section)).toEqual([]);
  });

  test('a webhook that is not encrypted is refused, also of one service', () => {
    const contacts = `contacts: { manager: { ${who}, webhook: "file:plain-hook" } }`;
    const says = 'expected an https address: what is not encrypted does not leave this machine';
    expect(mistakes(`{ ${contacts} }`)).toEqual([`incidents.contacts.manager.webhook: ${says}`]);
    expect(mistakes(`{ services: { rust-auth: { ${contacts} } } }`)).toEqual([
      `incidents.services.rust-auth.contacts.manager.webhook: ${says}`,
    ]);
  });

  test.each([
    ['{ host: mail.example.com, from: g@example.com, tls: none }', 'expected TLS'],
    ['{ host: mail.example.com, from: g@example.com, user: g }', 'expected user and password'],
    ['{ host: mail.example.com, from: "g@example.com, x@example.com" }', 'an e-mail address'],
    ['{ host: mail.example.com, from: g@example.com, user: g, password: plain }', 'it is a secret'],
  ])('a mail server %s is refused', (smtp, says) => {
    expect(mistakes('{}', `notify: { smtp: ${smtp} }`).join()).toContain(says);
  });

  test('is kept with its secrets apart', () => {
    const loaded = read(
      '{}',
      'notify: { smtp: { host: 127.0.0.1, port: 25, tls: none, user: g, password: "file:hook", from: g@example.com } }',
    );
    if (!loaded.ok) return expect.fail(loaded.error.map(problemLine).join());
    const { smtp, webhookKey } = loaded.value.notify;
    expect(smtp).toMatchObject({ host: '127.0.0.1', port: 25, tls: 'none', login: { user: 'g' } });
    expect(webhookKey).toBeNull();
    expect(loaded.value.secrets.map((one) => one.reveal())).toContain('https://example.com/hook');
    expect(JSON.stringify(loaded.value.notify)).not.toContain('example.com/hook');
  });
});
