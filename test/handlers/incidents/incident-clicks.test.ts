import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../src/core/audit.ts';
import type { Catalogue } from '../../../src/core/catalogue.ts';
import type { Whose } from '../../../src/core/outbox.ts';
import { createDesk } from '../../../src/handlers/create-desk.ts';
import type { Answer, Asked, ClickedMessage } from '../../../src/handlers/desk.ts';
import type { IncidentTools } from '../../../src/handlers/incidents/incident-tools.ts';
import { createIncidents } from '../../../src/incidents/create-incidents.ts';
import type { Message, View } from '../../../src/views/blocks/message.ts';
import { bareMatter } from '../../../src/views/incidents/incident-card.ts';
import { checkView } from '../../../workspace/blocks/check.ts';
import { changeOf, declarer } from '../../contracts/incidents.ts';
import { stillClock } from '../../support/clock.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { inputs } from '../../support/inputs.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { someRules } from '../../support/some-incident.ts';
import { textsIn } from '../run-desk.ts';

const catalogue: Catalogue = {
  defaultEnv: 'prod',
  services: [
    {
      name: 'rms-auth',
      title: 'rms-auth',
      runbook: '000',
      owners: [],
      aliases: [],
      environments: [{ name: 'prod', production: true, drivers: {} }],
    },
  ],
};

const now = 1_800_000_000_000;
const its: ClickedMessage = { channel: 'C42', ts: '1.1', alone: false };

/** A desk with one incident in a memory, as its people use it. */
async function opened(whose: Whose = 'its') {
  const store = memoryStore({}, stillClock(now));
  const noted: AuditEntry[] = [];
  const redrawn: string[] = [];
  const life = createIncidents({
    incidents: store.incidents,
    rulesFor: () => someRules,
    reach: async () => ({ secondary: { people: ['U2'], why: null } }),
    newId: () => Math.random().toString(36),
    log: quietLog,
    sleep: async () => {},
  });
  const declared = await life.declare({
    title: 'Login is down',
    severity: 1,
    security: false,
    target: { service: 'rms-auth', env: 'prod' },
    impact: [],
    seen: null,
    page: false,
    by: { id: 'U1', team: 'T1' },
    askedIn: null,
    origin: 'x',
  });
  if (!declared.ok) throw new Error('nothing was declared');
  const { tools: running } = fakeRuns();
  const desk = createDesk({
    queries: [],
    running,
    catalogue,
    policy: { roles: {}, grants: [{ role: '*', allow: ['risk:read'], deny: [], env: ['*'] }] },
    directory: {
      standing: async (id, team) => ({ kind: 'member', person: { id, team, roles: [] } }),
    },
    targets: { probes: async () => [], offer: async () => null, close: async () => {} },
    incidentTools: {
      life,
      severityWords: new Map(),
      rulesFor: () => someRules,
      matter: async () => bareMatter,
      running: async () => [],
      packet: async () => ['*Problem*'],
      reach: async () => ({}),
      findByOrigin: async () => null,
      redraw: async (id: string) => void redrawn.push(id),
      outbox: { whose: async () => whose },
      audit: store.audit,
      notes: { append: async (_subject: string, entry: AuditEntry) => void noted.push(entry) },
    } as unknown as IncidentTools,
    clock: stillClock(now),
    log: quietLog,
    redact: (text) => text,
    botName: 'Gatehouse',
  });
  const id = declared.value.id;
  const ask = async (asked: object, by = 'U1', team = 'T1', isClosed = false) => {
    const got = { said: [] as Message[], opened: [] as View[], replaced: [] as View[] };
    const answer: Answer = {
      say: async (message) => void got.said.push(message),
      attach: async () => {},
      replace: async (view) => {
        if (isClosed) throw new Error('not_found');
        got.replaced.push(view);
      },
      open: async (view) => void got.opened.push(view),
      home: async () => {},
    };
    const place = { channel: 'C42', thread: null };
    await desk.handle({ asker: { id: by, team }, place, ...asked } as Asked, answer);
    return { ...got, text: textsIn(got.said).join('\n') };
  };
  const press = (deed: string, value: string, by?: string, message: object | null = its) =>
    ask({ kind: 'click', action: `incident:${deed}`, value, ...(message && { message }) }, by);
  const sent = (deed: string, data: string, values: object, by?: string) =>
    ask({ kind: 'submission', callback: `incident:${deed}`, data, values }, by);
  const incident = async () => {
    const found = await life.find(id);
    return found ?? expect.fail('it is gone');
  };
  return { id, store, life, press, sent, ask, incident, noted, redrawn };
}

describe('a button of an incident', () => {
  test('does what it says, once, however often it comes', async () => {
    const { press, incident, id } = await opened();
    for (let times = 0; times < 3; times += 1) await press('acknowledge', `${id}:1`, 'U2');
    const { acknowledged, version } = await incident();
    expect([acknowledged?.by, version]).toEqual(['U2', 2]);
  });

  test('that joins out of a form leaves a page there that can only be closed', async () => {
    const { ask, incident, id } = await opened();
    const join = { kind: 'click', action: 'incident:join', value: `${id}:1`, inView: true };
    const { said, replaced } = await ask({ ...join, place: null }, 'U2');
    expect(said).toEqual([]);
    expect(replaced).toHaveLength(1);
    expect(replaced[0]).toMatchObject({ type: 'modal', title: { text: 'Joined INC-1' } });
    expect(replaced[0]).not.toHaveProperty('submit');
    expect(textsIn(replaced).join(' ')).toMatch(/invited.*Nothing was declared.*close this/);
    expect((await incident()).joined).toEqual({ U2: now });
    const again = await ask({ ...join, place: null }, 'U2');
    expect([again.said.length, again.replaced.length]).toEqual([0, 1]);
    const closed = await ask({ ...join, place: null }, 'U3', 'T1', true);
    expect(closed.text).toMatch(/You are invited to its channel/);
    expect(Object.keys((await incident()).joined ?? {})).toEqual(['U2', 'U3']);
  });

  test('that joins what is over leaves the form as it is, and says so', async () => {
    const { ask, life, id } = await opened();
    const away = { kind: 'cancel', reason: 'false-alarm', of: null } as const;
    expect((await life.do(id, away, { id: 'U1', team: 'T1', holds: [] })).ok).toBe(true);
    const join = { kind: 'click', action: 'incident:join', value: `${id}:1`, inView: true };
    const { text, replaced } = await ask({ ...join, place: null }, 'U2');
    expect(replaced).toEqual([]);
    expect(text).toMatch(/cancelled/);
  });

  test('of a card from before it was resolved does nothing, says by whom, and the card is drawn anew', async () => {
    const { press, incident, id, life, redrawn } = await opened();
    const resolution = {
      ...({ fix: 'rolled back', cause: 'known', causeText: null, customerText: null } as const),
      withoutWatch: 'nothing is there to watch',
    };
    const nothing = { started: null, ended: null, followUps: [] };
    const deed = { kind: 'resolve', resolution, ...nothing } as const;
    expect((await life.do(id, deed, { id: 'U1', team: 'T1', holds: [] })).ok).toBe(true);
    const { text } = await press('acknowledge', `${id}:1`, 'U2');
    expect(text).toMatch(/out of date: `INC-1` is resolved now by <@U1>/);
    expect((await incident()).acknowledged).toBeNull();
    expect(redrawn).toEqual([id]);
  });

  test('of a stale card opens no form either', async () => {
    const { press, id, life } = await opened();
    const move = { kind: 'move', to: 'identified', reason: null } as const;
    await life.do(id, move, { id: 'U1', team: 'T1', holds: [] });
    const { opened: forms, text } = await press('resolve', `${id}:1`);
    expect([forms, text]).toEqual([[], expect.stringMatching(/out of date/)]);
  });

  test.each<[string, string, ClickedMessage | null, Whose, string]>([
    ['stands in a message of another', 'INC-1:1', its, 'another', 'other-message'],
    ['stands in a message that nobody knows', 'INC-1:1', its, 'nobody', 'other-message'],
    ['stands in no message', 'INC-1:1', null, 'its', 'other-message'],
    ['names an incident that there is not', 'INC-77:1', its, 'its', 'no-such-incident'],
    ['names a version that there never was', 'INC-1:9', its, 'its', 'tampered'],
    ['carries something else', 'INC-1', its, 'its', 'tampered'],
  ])(
    'that %s does nothing, is told and written down',
    async (_what, value, message, whose, why) => {
      const { press, incident, noted } = await opened(whose);
      const { text } = await press('acknowledge', value, 'U2', message);
      expect(text).not.toBe('');
      expect((await incident()).version).toBe(1);
      expect(noted.map(({ facts }) => facts.why)).toEqual([why]);
    },
  );

  test('of another company does nothing', async () => {
    const { ask, incident, id, noted } = await opened();
    await ask(
      { kind: 'click', action: 'incident:acknowledge', value: `${id}:1`, message: its },
      'U1',
      'T9',
    );
    expect((await incident()).version).toBe(1);
    expect(noted.map(({ facts }) => facts.why)).toEqual(['other-team']);
  });

  test('whatever it carries never breaks', async () => {
    const { press } = await opened();
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string(), async (deed, value) => {
        await press(deed, value, 'U2');
      }),
      { numRuns: inputs(50) },
    );
  });
});

describe('a form of an incident', () => {
  test.each(['update', 'resolve', 'escalate', 'offer-role', 'cancel', 'set-severity'])(
    '%s is one that Slack takes',
    async (deed) => {
      const { press, id } = await opened();
      const { opened: forms } = await press(deed, `${id}:1`);
      expect(forms.map((form) => checkView(form))).toEqual([null]);
    },
  );

  test.each(['resolve', 'cancel'])(
    'to %s it is not opened by whoever may not: they hear who may, and can ask them',
    async (deed) => {
      const { press, id } = await opened();
      const { opened: forms, text, said } = await press(deed, `${id}:1`, 'U9');
      expect(forms).toEqual([]);
      expect(text).toMatch(new RegExp(`^Only its incident commander .* may ${deed} it`));
      expect(JSON.stringify(said)).toContain('incident:plea');
    },
  );

  test('from the menu asks for how long reminders are put off, and does that', async () => {
    const { press, sent, incident, id } = await opened();
    const { opened: forms } = await press('more', `${id}:1:snooze`);
    expect(forms.map((form) => checkView(form))).toEqual([null]);
    await sent('snooze', `${id}:1:ask`, { length: '30m' });
    expect((await incident()).updates.snoozed).toBe(true);
  });

  test('that is not right comes back with what was filled in and why', async () => {
    const { sent, incident, id } = await opened();
    const values = { severity: '4', reason: 'no' };
    const { opened: forms } = await sent('set-severity', `${id}:1`, values);
    expect(JSON.stringify(forms)).toMatch(/at least 10 characters/);
    expect((await incident()).severity).toBe(1);
  });

  test('of whoever may not does nothing, and says who may', async () => {
    const { sent, incident, id } = await opened();
    const values = { severity: '4', reason: 'it is only cosmetic' };
    const { opened: forms } = await sent('set-severity', `${id}:1`, values, 'U9');
    expect(JSON.stringify(forms)).toMatch(
      /Only its incident commander or .*`manager` may lower the severity/,
    );
    expect((await incident()).severity).toBe(1);
  });

  test('that ended before it began is told so, with what was filled in', async () => {
    const { sent, id } = await opened();
    const values = {
      ...{ fix: 'rolled back', cause: 'known', 'without-watch': 'nothing to watch here' },
      ...{ started: String(now / 1_000 - 60), ended: String(now / 1_000 - 600) },
    };
    const { opened: forms } = await sent('resolve', `${id}:1`, values);
    expect(JSON.stringify(forms)).toMatch(/cannot end before it began/);
    expect(JSON.stringify(forms)).toContain('rolled back');
  });

  test('to declare needs a title alone, and asks for it', async () => {
    const { sent, ask, life } = await opened();
    const home = { kind: 'click', action: 'incident:declare', value: 'rms-auth@prod' };
    const { opened: forms } = await ask(home);
    expect(forms.map((form) => checkView(form))).toEqual([null]);
    expect(JSON.stringify(forms)).toMatch(/There is an open incident. Is it this one/);
    const { opened: again } = await sent('declare', '{}', { title: ' ' });
    expect(JSON.stringify(again)).toMatch(/Say in a few words/);
    const { text } = await sent('declare', '{"askedIn":null}', {
      title: 'odd',
      severity: 'unsure',
    });
    expect(text).toMatch(/INC-2 · odd.*is declared: SEV2, not confirmed/);
    expect((await life.find('INC-2'))?.provisional).toBe(true);
  });
});

test('the list begins with what nobody says anything of, however many were declared since', async () => {
  const { id, store, ask, incident } = await opened();
  const { incident: first } = (await store.incidents.find(id)) ?? expect.fail('it is gone');
  const counted = { overdue: { from: now, done: 7 } };
  await store.incidents.transition(changeOf(first, { counted }));
  for (let n = 0; n < 30; n += 1) await declarer(() => store.incidents)();
  const { text } = await ask({ kind: 'command', text: 'incident list' });
  expect(/\*(INC-\d+) · /.exec(text)?.[1]).toBe(id);
  expect(text).toMatch(/^31 incidents, silent ones first.*SILENT/s);
  expect((await incident()).counted).toEqual(counted);
});
