import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/core/audit.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { declaredMessage, didMessage } from '../../../src/views/incidents/incident-answer.ts';
import { incidentCard } from '../../../src/views/incidents/incident-card.ts';
import { duplicateMessage } from '../../../src/views/incidents/incident-duplicate.ts';
import { followUpList } from '../../../src/views/incidents/incident-follow-ups.ts';
import { afterwardsSayings } from '../../../src/views/incidents/incident-notice/afterwards.ts';
import type { NoticeReader } from '../../../src/views/incidents/incident-notice/notice-reader.ts';
import { peopleSayings } from '../../../src/views/incidents/incident-notice/people.ts';
import { runSayings } from '../../../src/views/incidents/incident-notice/runs.ts';
import { stateSayings } from '../../../src/views/incidents/incident-notice/state.ts';
import { updatesSayings } from '../../../src/views/incidents/incident-notice/updates.ts';
import { incidentNotice } from '../../../src/views/incidents/incident-notice.ts';
import { incidentList, incidentPicker } from '../../../src/views/incidents/incident-picker.ts';
import { reviewMessage } from '../../../src/views/incidents/incident-review.ts';
import { leftBehindMessage } from '../../../src/views/runs/left-behind.ts';
import { someIncident } from '../../support/some-incident.ts';

const secret = 'zanzibar';
const words = [
  ...['title', 'seen', 'noOnCall', 'reason', 'why', 'text', 'known', 'doing', 'need', 'fix'],
  ...['withoutWatch', 'customerText', 'contact', 'what', 'run', 'to', 'answer', 'state'],
];
const facts = {
  ...Object.fromEntries(words.map((name) => [name, secret])),
  ...{ security: true, on: true, how: 'failed', severity: 1, step: secret, from: 1, until: 2 },
  silent: [secret],
  calls: [{ contact: secret, people: ['U1'], why: secret }],
  runFacts: { action: secret, service: secret, env: secret, why: secret },
  followUps: [{ id: 'F1', text: secret, owner: null }],
  offers: [{ role: secret, to: 'U1', from: 'U2' }],
};
const events = Object.keys({
  ...{ ...stateSayings, ...updatesSayings, ...peopleSayings, ...afterwardsSayings },
  ...{ ...runSayings, 'note-added': null, other: null },
});
const readers: NoticeReader[] = ['room', 'person', 'everybody'];
const recordOf = (event: string, said: object) =>
  ({
    ...{ id: 1, subject: 'INC-42', version: 17, event: `incident.${event}`, at: 1 },
    ...{ actor: 'user:T1/U1', facts: said },
  }) as unknown as AuditRecord;

test.each(events)(
  'of what is about security a locked telephone shows that it was %s, and no word of it',
  (event) => {
    for (const reader of readers) {
      const { text } = incidentNotice(recordOf(event, facts), reader, [secret]);
      expect(text).not.toContain(secret);
      expect(text).toContain('INC-42');
    }
  },
);

test('of anything else it shows what the message says', () => {
  const { text } = incidentNotice(recordOf('escalated', { ...facts, security: false }), 'person');
  expect(text).toContain(secret);
});

const shut: Incident = someIncident(42, {
  ...{ security: true, title: secret, known: secret, doing: secret },
  target: { service: secret, env: 'prod' },
  followUps: [{ id: 'F1', text: secret, owner: null, due: null, done: null, chased: 0 }],
  setup: { ...someIncident(1).setup, channel: { kind: 'failed', why: secret } },
});
const left = { receivedAt: 1, again: true, command: `incident start --security ${secret}` };

test.each([
  ['its card', () => incidentCard(shut)],
  ['that it is declared', () => declaredMessage(shut)],
  [
    'that there is one already',
    () =>
      duplicateMessage({
        refusal: { kind: 'duplicate', incident: shut, wanted: 1 },
        anyway: null,
      }),
  ],
  ['what was done', () => didMessage({ did: 'Done', incident: shut })],
  ['what is left to be done', () => followUpList(shut)],
  [
    'its review',
    () => reviewMessage({ incident: shut, page: null, rolesPage: null, filedIn: null }),
  ],
  ['a list', () => incidentList({ incidents: [shut] })],
  ['a choice', () => incidentPicker({ typed: 'incident ack', open: [shut], changes: true })],
  [
    'that it was declared',
    () => leftBehindMessage({ ...left, found: { kind: 'incident', incident: shut } }),
  ],
  ['that it was not', () => leftBehindMessage({ ...left, found: { kind: 'nothing' } })],
])('nor does it show more of %s', (_what, message) => {
  expect(message().text).not.toContain(secret);
});
