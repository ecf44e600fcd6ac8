import { expect, test } from 'vitest';
import type { Incident } from '../../../src/core/incident.ts';
import {
  declaredMessage,
  didMessage,
  pageMessage,
} from '../../../src/views/incidents/incident-answer.ts';
import { someIncident } from '../../support/some-incident.ts';

const channel = { id: 'C9', name: 'inc-0042', private: false, lost: null };
const incident: Incident = someIncident(42, { title: 'Login fails', channel });

test('whoever declares it where incidents are announced is not told twice what is said there to everybody', () => {
  const here = declaredMessage({ ...incident, declaredIn: 'C-ops' }).text;
  expect(here).toContain('INC-42');
  expect(here).toContain('announced here');
  expect(here).not.toContain('Login fails');
  expect(here).toContain('has to acknowledge it by');
  const elsewhere = declaredMessage({ ...incident, declaredIn: 'C1' }).text;
  expect(elsewhere).toContain('Login fails');
  const secret = declaredMessage({ ...incident, declaredIn: 'C-ops', security: true });
  expect(JSON.stringify(secret.blocks)).not.toContain('announced');
});

test.each([
  ['in its channel only that it was done', 'C9', incident, 'Posted.'],
  ['elsewhere how it is as well', 'C1', incident, /Posted\. .*SEV2.*investigating/],
  [
    'in a lost channel how it is as well',
    'C9',
    { ...incident, channel: { ...channel, lost: 'archived' } },
    /SEV2/,
  ],
  ['on the Home tab how it is as well', null, incident, /SEV2/],
] as const)('whoever did something hears %s', (_where, askedIn, of, says) => {
  const { text } = didMessage({ did: 'Posted', incident: of, askedIn });
  if (typeof says === 'string') expect(text).toBe(says);
  else expect(text).toMatch(says);
});

test('where there is no page, it is said how else all of it can be read', () => {
  expect(pageMessage({ incident, page: null }).text).toContain('timeline INC-42 --all');
  const { text, blocks } = pageMessage({ incident, page: 'http://127.0.0.1/x?sig=1' });
  expect(JSON.stringify(blocks)).toContain('http://127.0.0.1/x?sig=1');
  expect(text).not.toContain('http');
});

test('whoever declares it hears that they lead it themselves, and names nobody', () => {
  const { text } = declaredMessage({
    ...incident,
    declaredIn: 'C1',
    roles: { commander: { by: incident.declaredBy.id, at: 0 } },
  });
  expect(text).toContain('You lead it until somebody else takes over.');
  expect(text).not.toContain('<@');
});

test('whoever declares it hears who was called at once, and not who was later', () => {
  const { declared } = incident.times;
  const call = { contact: 'primary', why: '', cause: null, by: 'gatehouse', answer: null };
  const escalations = [
    { ...call, people: ['U7', 'U8'], at: declared },
    { ...call, people: ['U9'], at: declared + 1 },
  ];
  const { text } = declaredMessage({ ...incident, declaredIn: 'C1', escalations });
  expect(text).toMatch(/acknowledge it by .*\. <@U7> and <@U8> are called\.$/);
  expect(declaredMessage({ ...incident, declaredIn: 'C1' }).text).not.toContain('called');
});

test('whoever did something elsewhere hears in which channel it goes on, but nothing of a restricted one', () => {
  expect(didMessage({ did: 'You are on it', incident }).text).toContain('investigating, in <#C9>.');
  const shut = { ...incident, security: true };
  expect(didMessage({ did: 'You are on it', incident: shut }).text).not.toContain('<#C9>');
  const gone = { ...incident, channel: { ...channel, lost: 'archived' } };
  expect(didMessage({ did: 'You are on it', incident: gone }).text).not.toContain('<#C9>');
});
