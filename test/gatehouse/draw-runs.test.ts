import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { OutboxRow } from '../../src/core/outbox.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Run } from '../../src/core/run.ts';
import { drawRuns } from '../../src/gatehouse/draw-runs.ts';
import { someIncident } from '../support/some-incident.ts';
import { somePlan, someRun } from '../support/some-run.ts';

const asked = { state: 'asked', run: 'R-9', why: null, kept: null } as const;
const evidence = { wantedBy: 1, by: 'U1', at: 0, tries: 0, ...asked };
const channel = { id: 'C7', name: 'sec-0007', private: true, lost: null, invited: {} };
const secret = someIncident(7, { security: true, title: 'zanzibar leaks', evidence, channel });
const at = Date.UTC(2026, 10, 16, 14, 22);

/** What the card of a run says to those who decide, where an incident is found or not. */
async function card(
  change: Partial<Run>,
  {
    incident = secret,
    risk = 'destructive',
    to = 'CAPPROVALS',
    kind = 'card',
  }: Partial<Pick<OutboxRow, 'to' | 'kind'>> & {
    incident?: Incident | null;
    risk?: Plan['risk'];
  } = {},
): Promise<string> {
  const run = someRun({ incident: 'INC-7', plan: { ...somePlan, risk }, ...change });
  const find = async () => {
    if (incident === null) throw new Error('the database is away');
    return { incident, now: at };
  };
  const store = { runs: { find: async () => run }, incidents: { find } };
  const draw = drawRuns({ store, config: {} } as never);
  const drawn = await draw({ kind, subject: 'R7', to } as OutboxRow);
  return JSON.stringify(drawn?.message);
}

const warning = /This may destroy evidence/;

describe('the card on which people decide about something destructive in an incident', () => {
  test('says that no evidence is kept yet, when that was, and how some is kept', async () => {
    const text = await card({});
    expect(text).toMatch(/This may destroy evidence.*14:22 UTC.*none was kept yet for `INC-7`/);
    expect(text).toContain('`/auth evidence snapshot rms-auth@prod --incident INC-7`');
    expect(text).not.toMatch(/zanzibar|security/);
  });

  test.each<[string, Partial<Run>, Parameters<typeof card>[1]]>([
    ['evidence was kept', {}, { incident: { ...secret, evidence: { ...evidence, kept: 'R-9' } } }],
    ['it is not about security', {}, { incident: { ...secret, security: false } }],
    ['it is less than destructive', {}, { risk: 'high' }],
    ['it is over', { state: 'denied' }, {}],
    ['it is part of no incident', { incident: undefined as never }, {}],
    ['nobody knows', {}, { incident: null }],
  ])('says nothing of it where %s', async (_what, change, found) => {
    expect(await card(change, found)).not.toMatch(warning);
  });
});

describe('what people wrote about a run of an incident about security', () => {
  const words = { reason: 'the attacker reads Redis', state: 'waiting' } as const;
  const hidden = /restricted; who works on that can read why/;

  test('is not read in a channel of others, where everything else is', async () => {
    const text = await card(words);
    expect(text).not.toContain('attacker');
    expect(text).toMatch(hidden);
    expect(text).toContain('rms-auth@prod');
  });

  test('is not read there either when it was turned down with words', async () => {
    const turnedDown = { ...words, state: 'denied', why: 'the attacker would notice' } as const;
    expect(await card(turnedDown)).not.toContain('attacker');
    expect(await card(turnedDown, { kind: 'end' })).not.toContain('attacker');
  });

  test('is not read there while nobody knows of the incident', async () => {
    expect(await card(words, { incident: null })).not.toContain('attacker');
  });

  test.each<[string, Parameters<typeof card>[1]]>([
    ['in direct messages', { to: 'user:U1' }],
    ['in the channel of the incident', { to: 'C7' }],
    ['wherever that is', { to: 'incident:INC-7' }],
    ['where it is not about security', { incident: { ...secret, security: false } }],
  ])('is read %s', async (_where, place) => {
    const text = await card(words, place);
    expect(text).toContain('the attacker reads Redis');
    expect(text).not.toMatch(hidden);
  });
});
