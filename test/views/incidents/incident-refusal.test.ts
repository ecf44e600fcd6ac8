import { expect, test } from 'vitest';
import type { IncidentRefusal } from '../../../src/core/incident-refusal.ts';
import { incidentRefusalSentence } from '../../../src/views/incidents/incident-refusal.ts';

test.each<[IncidentRefusal, string]>([
  [
    { kind: 'may-not', what: 'lower the severity', roles: ['commander'], holders: ['manager'] },
    'Only its incident commander or somebody with the role `manager` may lower the severity. Nothing was done; ask them.',
  ],
  [
    { kind: 'may-not', what: 'resolve it', roles: [], holders: [] },
    'Nobody here may resolve it. Nothing was done.',
  ],
  [
    { kind: 'needs-reason', what: 'lower the severity', atLeast: 10, flag: 'reason' },
    'To lower the severity, the reason has to be said in at least 10 characters, for the timeline. Nothing was done; a command takes it as `--reason "…"`.',
  ],
  [
    { kind: 'needs-reason', what: 'resolve it', said: 'what fixed it', atLeast: 1 },
    'To resolve it, what fixed it has to be said, for the timeline. Nothing was done.',
  ],
  [
    { kind: 'already', what: 'published', by: null, at: null },
    'It is published already. Nothing was changed.',
  ],
  [
    { kind: 'not-from-here', from: 'investigating', to: 'resolved' },
    'An incident that is investigating cannot become resolved like this, so nothing was done. `/auth incident resolve` is the way, as soon as it can be.',
  ],
])('a refusal is a sentence: %j', (refusal, said) => {
  expect(incidentRefusalSentence(refusal)).toBe(said);
});

test('who was first, and when, stands in brackets', () => {
  const said = incidentRefusalSentence({ kind: 'already', what: 'called', by: 'U1', at: 0 });
  expect(said).toMatch(/^It is called already \(by <@U1>, <!date\^0.*\)\. Nothing was changed\.$/);
});
