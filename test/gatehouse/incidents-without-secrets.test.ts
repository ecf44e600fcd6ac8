import { expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { incidentsWithoutSecrets } from '../../src/gatehouse/incidents-without-secrets.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { virtualTime } from '../runs/virtual-time.ts';
import { someIncident } from '../support/some-incident.ts';

const secret = 'xoxb-canary-of-a-target-0123456789';
const entry = { event: 'incident.test', actor: 'gatehouse', facts: { said: `it told ${secret}` } };
const by = { by: 'U1', at: 1 };
const said = `it told ${secret} and went on`;

const words = (incident: Incident): Partial<Incident> => ({
  known: said,
  doing: said,
  channel: { id: 'C-canary-room', name: 'inc', private: false, lost: said },
  setup: { ...incident.setup, topic: { kind: 'failed', why: said } },
  escalations: [
    { contact: 'ciso', people: ['U2'], why: said, at: 1, by: 'U1', answer: null },
  ] as never,
  resolution: {
    ...by,
    fix: said,
    cause: 'known',
    causeText: said,
    customerText: said,
    withoutWatch: said,
  },
  followUps: [{ id: 'F-1', text: said, owner: null, due: null, done: null, chased: 0 }],
  review: {
    owner: null,
    due: null,
    chased: 0,
    checks: { timeline: false, impact: false, followUps: false },
    notes: { summary: said, helped: said, hindered: said, lucky: said },
    published: null,
    waived: { ...by, reason: said },
  },
  cancelled: { ...by, reason: said, of: null },
});

test('what people say of an incident is written down without secrets, and it keeps its names', async () => {
  const store = memoryStore(virtualTime());
  const incidents = incidentsWithoutSecrets(
    store.incidents,
    createRedactor({ secrets: ['C-canary-room'] }),
  );
  const declared = someIncident(7, { title: said });
  const { incident } = await incidents.declare(declared, null, entry, []);
  const after = { ...incident, ...words(incident) };
  const done = await incidents.transition({ before: incident, after, audit: entry, messages: [] });
  const kept = (await incidents.find('INC-7'))?.incident;
  expect(done).toEqual({ kind: 'done', incident: kept });
  expect(kept).toMatchObject({ rules: declared.rules, channel: { id: 'C-canary-room' } });
  const records = await store.audit.find({ subject: 'INC-7', limit: 10 });
  const all = JSON.stringify([kept, records]);
  expect(all).not.toContain('canary-of');
  expect(all.match(/\[secret\]/g)).toHaveLength(19);
  expect((await incidents.inChannel('C-canary-room'))?.incident.id).toBe('INC-7');
});
