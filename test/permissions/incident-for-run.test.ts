import { expect, test } from 'vitest';
import { whyNoIncident } from '../../src/permissions/incident-for-run.ts';

const about = { service: 'rust-auth', env: 'prod' };
const other = { service: 'rms-auth', env: 'prod' };
const open = { id: 'INC-42', state: 'investigating', target: about, severity: 2 } as const;

test('a run about something else hears what its incident is about, but of none about security', () => {
  expect(whyNoIncident(about, 'INC-42', open)).toBeNull();
  const told = whyNoIncident(other, 'INC-42', open);
  expect(told).toEqual({ why: 'elsewhere', id: 'INC-42', about: 'rust-auth@prod' });
  const secret = whyNoIncident(other, 'INC-42', { ...open, security: true });
  expect(JSON.stringify(secret)).not.toContain('rust-auth');
});
