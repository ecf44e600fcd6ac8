import { describe, expect, test } from 'vitest';
import type { AuditRecord } from '../../src/core/audit.ts';
import type { OutboxRow } from '../../src/core/outbox.ts';
import { drawIncidents } from '../../src/gatehouse/draw-incidents.ts';
import { someIncident } from '../support/some-incident.ts';

const calls = [{ contact: 'security', people: ['USECURE'], why: null }];
const record = (event: string, facts: AuditRecord['facts']) =>
  ({
    ...{ id: 1, subject: 'INC-42', version: 7, at: 1_000, actor: 'user:T1/UONCALL' },
    ...{ event: `incident.${event}`, facts: { title: 'zanzibar leaks', severity: 2, ...facts } },
  }) as unknown as AuditRecord;

/** The notice of that record for whoever reads there; null where nothing is said. */
async function drawnFor(one: AuditRecord, to: string, security: boolean) {
  const incident = someIncident(42, { security, title: 'zanzibar leaks' });
  const store = {
    audit: { find: async () => [one] },
    incidents: { find: async () => ({ incident, now: 1_000 }) },
    runs: { ofIncident: async () => [] },
    incidentSamples: { since: async () => [] },
  };
  const config = { incidentSettings: { rules: { channels: { stakeholders: 'CSTAKE' } } } };
  const draw = drawIncidents({ store, config, page: () => null } as never);
  return draw({ kind: 'notice', subject: 'INC-42/7', to } as OutboxRow);
}

/** What stands in it. */
async function said(...about: Parameters<typeof drawnFor>): Promise<string | null> {
  const drawn = await drawnFor(...about);
  return drawn && JSON.stringify(drawn.message);
}

describe('a notice of an incident', () => {
  const announced = record('severity-set', { was: 3, to: 2, security: false });

  test('that is on its way to everybody says nothing once it is about security', async () => {
    expect(await said(announced, 'CANNOUNCE', false)).toContain('is SEV2 now');
    expect(await said(announced, 'CANNOUNCE', true)).toBeNull();
    const update = record('updated', { stakeholders: 'zanzibar', security: false });
    expect(await said(update, 'CSTAKE', false)).toContain('zanzibar');
    expect(await said(update, 'CSTAKE', true)).toBeNull();
    expect(await said(announced, 'incident:INC-42', true)).toContain('is SEV2 now');
  });

  const flagged = record('security-set', { on: true, left: 'CPUBLIC', calls, security: true });

  test('that it is about security says only that it goes on elsewhere where everybody reads', async () => {
    const told = await said(flagged, 'CPUBLIC', true);
    expect(told).toContain('goes on elsewhere');
    expect(told).not.toMatch(/SEV|zanzibar|USECURE|UONCALL/);
  });

  test('that it is about security says who was called to the people of it, and lets the called answer', async () => {
    const room = await said(flagged, 'incident:INC-42', true);
    expect(room).toMatch(/is about security now.*Called <@USECURE>/);
    expect(room).not.toContain('not used any more');
    expect(await said(flagged, 'user:USECURE', true)).toMatch(/incident:on-it.*incident:not-me/);
  });

  test('that calls somebody may be said twice rather than not at all, any other may not', async () => {
    const isPage = async (one: AuditRecord, to: string) => (await drawnFor(one, to, false))?.page;
    const escalated = record('escalated', { calls, security: false });
    const declared = record('declared', { calls, security: false });
    expect(await isPage(escalated, 'user:USECURE')).toBe(true);
    expect(await isPage(escalated, 'incident:INC-42')).toBe(true);
    expect(await isPage(declared, 'user:USECURE')).toBe(true);
    expect(await isPage(declared, 'incident:INC-42')).toBe(false);
    expect(await isPage(announced, 'CANNOUNCE')).toBe(false);
  });

  test.each(['severity-set', 'reopened'])(
    'that calls somebody because it was %s lets them answer',
    async (event) => {
      const one = record(event, { was: 3, to: 1, calls, security: false });
      expect(await said(one, 'user:USECURE', false)).toMatch(/incident:on-it.*incident:not-me/);
    },
  );
});
