import { expect, test } from 'vitest';
import type { SlackDirectory } from '../../src/bot/people/directory.ts';
import { usualIncidentRules } from '../../src/core/default-incident-rules.ts';
import type { Contact } from '../../src/core/incident-rules.ts';
import type { Standing } from '../../src/core/person.ts';
import { wrongLadder } from '../../src/gatehouse/ladder-at-start.ts';
import { notingLog } from '../support/noting-log.ts';

const member = (id: string): Standing => ({
  kind: 'member',
  person: { id, team: 'T1', roles: [] },
});

function look(standing: (id: string) => Standing, ...who: string[]) {
  const contacts: Contact[] = [{ name: 'secondary', who }];
  const rules = { ...usualIncidentRules, contacts };
  const directory = { standing: async (id: string) => standing(id) } as unknown as SlackDirectory;
  const config = {
    team: 'T1',
    incidentSettings: { rules, services: {}, words: {}, webhooks: {} },
  };
  const ended = new AbortController();
  const log = notingLog();
  const said = wrongLadder({ config, directory, log, ended: ended.signal, pause: 1 });
  return { said, ended, log };
}

test('with somebody on the ladder whom Slack does not know, it says who and where', async () => {
  const { said } = look(() => ({ kind: 'refused', why: 'foreign' }), 'user:U0NOBODY');
  expect(await said).toContain('incidents.contacts.secondary.who: user:U0NOBODY');
});

test('while Slack does not say, it asks again and nobody is called unknown', async () => {
  let asked = 0;
  const { said } = look((id) => {
    asked += 1;
    const person = { id, team: 'T1', roles: [] };
    return asked < 3 ? { kind: 'unverified', person, why: 'slow' } : member(id);
  }, 'user:U0ONE');
  expect(await said).toBeNull();
  expect(asked).toBe(3);
});

test('somebody who has left is told of and is no reason not to start at night', async () => {
  const { said } = look(() => ({ kind: 'refused', why: 'deactivated' }), 'user:U0GONE');
  expect(await said).toBeNull();
});

test('it ends when nobody needs to know any more', async () => {
  const person = { id: 'U0ONE', team: 'T1', roles: [] };
  const { said, ended } = look(() => ({ kind: 'unverified', person, why: 'slow' }), 'user:U0ONE');
  ended.abort();
  expect(await said).toBeNull();
});
