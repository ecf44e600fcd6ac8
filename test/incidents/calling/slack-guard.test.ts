import { describe, expect, test } from 'vitest';
import type { Contact } from '../../../src/core/incident-rules.ts';
import type { Absence } from '../../../src/core/incidents.ts';
import type { Addressee, Page } from '../../../src/core/notifier.ts';
import { pageElsewhere } from '../../../src/incidents/calling/page-elsewhere.ts';
import { saySlackBack } from '../../../src/incidents/calling/say-slack-back.ts';
import { createSlackGuard } from '../../../src/incidents/calling/slack-guard.ts';
import { createIncidents } from '../../../src/incidents/create-incidents.ts';
import type { Reach } from '../../../src/incidents/decision.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { pageWords } from '../../../src/views/incidents/page-elsewhere.ts';
import { handTime } from '../../support/hand-time.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { declaration, minute, reach, rules, ten } from '../stage.ts';

const contacts: readonly Contact[] = rules.contacts.map((one) =>
  one.name === 'primary'
    ? { ...one, email: ['primary@example.com'], webhook: 'primary' }
    : one.name === 'security'
      ? { ...one, email: ['security@example.com'] }
      : one,
);

/** An incident whose calls nobody sends, and what is sent elsewhere. */
async function away(more: Partial<typeof declaration> = {}, reached: Reach = reach) {
  const time = handTime(ten);
  const store = memoryStore({ clock: time.clock });
  let ids = 0;
  const life = createIncidents({
    incidents: store.incidents,
    rulesFor: () => ({ ...rules, contacts }),
    reach: async () => reached,
    newId: () => {
      ids += 1;
      return `change-${ids}`;
    },
    log: quietLog,
    sleep: async () => {},
  });
  const sent: (Page & { to: Addressee })[] = [];
  const broken = new Set<Addressee['kind']>();
  const paging = {
    ...{ life, outbox: store.outbox, audit: store.audit, compose: pageWords, log: quietLog },
    notifier: {
      reaches: () => true,
      notify: async (to: Addressee, page: Page) => {
        if (broken.has(to.kind)) throw new Error(`no ${to.kind} today`);
        sent.push({ to, ...page });
      },
    },
  };
  const made = await life.declare({ ...declaration, ...more });
  if (!made.ok) expect.fail('it was not declared');
  const records = async (what: string) =>
    (await store.audit.find({ subject: 'INC-1', limit: 100 }))
      .filter(({ event }) => event === `incident.${what}`)
      .reverse();
  return { time, store, life, sent, broken, paging, records };
}

describe('while Slack cannot be reached', () => {
  test('a call that has waited for a minute is made by mail and by webhook, once, and is recorded', async () => {
    const { time, sent, paging, records } = await away();
    time.stop(minute - 1);
    await pageElsewhere(paging);
    expect(sent).toEqual([]);
    time.stop(1);
    await Promise.all([pageElsewhere(paging), pageElsewhere(paging), pageElsewhere(paging)]);
    time.stop(10 * minute);
    await pageElsewhere(paging);
    expect(sent.map(({ to }) => to)).toEqual([
      { kind: 'mail', addresses: ['primary@example.com'] },
      { kind: 'webhook', name: 'primary' },
    ]);
    expect(sent[0]?.subject).toBe('SEV1 INC-1: Login is down (Slack cannot be reached)');
    expect(new Set(sent.map(({ key }) => key))).toEqual(new Set(['INC-1/1/primary']));
    expect((await records('paged-elsewhere')).map(({ facts }) => facts)).toMatchObject([
      { stage: 'trying', contact: 'primary', line: 1 },
      { stage: 'sent', how: ['mail', 'webhook'] },
    ]);
  });

  test('one way that works is enough, and when none does it is tried again, later and later, and not for ever', async () => {
    const { time, sent, broken, paging, records } = await away();
    broken.add('mail');
    time.stop(minute);
    await pageElsewhere(paging);
    expect(sent.map(({ to }) => to.kind)).toEqual(['webhook']);
    const other = await away();
    other.broken.add('mail').add('webhook');
    for (let seconds = 0; seconds < 3_600; seconds += 10) {
      other.time.stop(10_000);
      await pageElsewhere(other.paging);
    }
    const all = await other.records('paged-elsewhere');
    expect(all.filter(({ facts }) => facts.stage === 'failed')).toHaveLength(5);
    expect(all.at(-1)?.facts.why).toBe('no mail today; no webhook today');
    expect(await records('paged-elsewhere')).toHaveLength(2);
  });

  test('whoever died while trying is followed by somebody else', async () => {
    const { time, life, sent, paging } = await away();
    const trying = {
      kind: 'paged-elsewhere',
      line: 1,
      contact: 'primary',
      state: 'trying',
    } as const;
    time.stop(minute);
    await life.do('INC-1', { ...trying, how: ['mail'], why: null }, null);
    await pageElsewhere(paging);
    expect(sent).toEqual([]);
    time.stop(minute);
    await pageElsewhere(paging);
    expect(sent).toHaveLength(2);
  });

  test('a contact whose people nobody knows now is called all the same', async () => {
    const nobody = { people: [], why: 'Slack does not say' };
    const { time, sent, paging } = await away({}, { ...reach, primary: nobody });
    time.stop(minute);
    await pageElsewhere(paging);
    expect(sent[0]?.to).toEqual({ kind: 'mail', addresses: ['primary@example.com'] });
  });

  test('what Slack has taken is not sent again elsewhere', async () => {
    const { time, store, sent, paging } = await away();
    for (const { id, kind, to } of await store.outbox.take(20)) {
      if (kind !== 'notice') continue;
      const posted = { channel: to, ts: '1.1' };
      await store.outbox.report(id, { kind: 'shown', version: 1, posted });
    }
    time.stop(2 * minute);
    await pageElsewhere(paging);
    expect(sent).toEqual([]);
  });

  test('of one that is not grave, or that is over, nobody is called elsewhere', async () => {
    const minor = await away({ severity: 3 });
    minor.time.stop(2 * minute);
    await pageElsewhere(minor.paging);
    const over = await away();
    const sam = { id: 'U-sam', team: 'T1', holds: [] };
    await over.life.do('INC-1', { kind: 'cancel', reason: 'false-alarm', of: null }, sam);
    over.time.stop(2 * minute);
    await pageElsewhere(over.paging);
    expect([...minor.sent, ...over.sent]).toEqual([]);
  });

  test('whoever looks again and again reads each record once, and leaves alone what is done', async () => {
    const { time, store, life, sent, paging } = await away();
    const asked: string[] = [];
    const audit = {
      find: (query: Parameters<typeof store.audit.find>[0]) => {
        asked.push(`${query.subject}/${query.version}`);
        return store.audit.find(query);
      },
    };
    const tried: unknown[] = [];
    const watched = {
      ...life,
      do: (...given: Parameters<typeof life.do>) => {
        tried.push(given[1]);
        return life.do(...given);
      },
    };
    const known = new Map();
    time.stop(minute);
    for (let looks = 0; looks < 10; looks += 1) {
      await pageElsewhere({ ...paging, audit, life: watched }, known);
      time.stop(minute);
    }
    expect(asked).toEqual(['INC-1/1']);
    expect(tried).toHaveLength(2);
    expect(sent).toHaveLength(2);
  });

  test('however many calls wait, each incident is read once, and each of them is made', async () => {
    const { time, life, sent, paging } = await away();
    const sam = { id: 'U-sam', team: 'T1', holds: [] };
    const why = 'keys are gone';
    await life.do('INC-1', { kind: 'escalate', contact: 'security', why }, sam);
    const read: string[] = [];
    const find = (id: string) => {
      read.push(id);
      return life.find(id);
    };
    time.stop(minute);
    await pageElsewhere({ ...paging, life: { ...life, find } });
    expect(read).toEqual(['INC-1']);
    const keys = sent.map(({ key }) => key);
    expect(new Set(keys)).toEqual(new Set(['INC-1/1/primary', 'INC-1/2/security']));
  });

  test('what is about security says nothing but its id', async () => {
    const { time, sent, paging } = await away({
      security: true,
      title: 'stolen keys of the vault',
    });
    time.stop(minute);
    await pageElsewhere(paging);
    expect(sent.length).toBeGreaterThan(0);
    for (const { subject, text } of sent) {
      expect(subject).toBe('INC-1');
      expect(text).toBe('INC-1 needs you. Slack cannot be reached.');
    }
  });
});

describe('when Slack is there again', () => {
  const hour = 60 * minute;
  const update = {
    kind: 'update' as const,
    ...{ known: 'a bad key', doing: null, need: null, state: null },
    ...{ nextIn: null, reason: null, stakeholders: null },
  };
  const sam = { id: 'U-sam', team: 'T1', holds: [] };

  test('one message says for how long it was away and how much follows, and what is of the past stays away', async () => {
    const { time, store, life, records } = await away();
    for (const known of ['one', 'two', 'three']) {
      await life.do('INC-1', { ...update, known }, sam);
    }
    time.stop(hour + minute);
    await life.do('INC-1', update, sam);
    const absence: Absence = { from: ten, until: time.clock.now() };
    await saySlackBack({ life, outbox: store.outbox }, absence);
    await saySlackBack({ life, outbox: store.outbox }, absence);
    const said = await records('slack-back');
    expect(said.map(({ facts }) => facts)).toMatchObject([{ ...absence, leftOut: 3 }]);
    const left = (await store.outbox.waiting()).filter(({ to }) => to === 'incident:INC-1');
    // the call of the beginning, the digest, and the newest update
    expect(left.map(({ subject }) => subject)).toEqual(['INC-1/1', 'INC-1/6', 'INC-1/5']);
    expect(left[0]?.urgency).toBe(0);
    expect(left.filter(({ waited, urgency }) => waited > hour && urgency > 0)).toEqual([]);
  });

  test('what several processes left out is counted once and whole, also by one that has just come', async () => {
    const { time, store, life, records } = await away();
    for (const known of ['one', 'two', 'three']) {
      await life.do('INC-1', { ...update, known }, sam);
    }
    time.stop(hour + minute);
    await store.outbox.compact(hour);
    const from = time.clock.now() - 5_000;
    await saySlackBack({ life, outbox: store.outbox }, { from, until: time.clock.now() });
    const tools = { life, outbox: store.outbox };
    await saySlackBack(tools, { from: ten, until: time.clock.now() });
    expect((await records('slack-back')).map(({ facts }) => facts.leftOut)).toEqual([2]);
    await life.do('INC-1', { ...update, known: 'four' }, sam);
    time.stop(hour + minute);
    await life.do('INC-1', { ...update, known: 'five' }, sam);
    await saySlackBack(tools, { from: from + 1, until: time.clock.now() });
    const said = (await records('slack-back')).map(({ facts }) => Number(facts.leftOut));
    const left = await store.outbox.leftOut(0);
    expect(said.reduce((sum, one) => sum + one, 0)).toBe(left.length);
    expect(said.length).toBeGreaterThan(1);
  });

  test('what another process has not counted is said after it, also when it was a moment faster', async () => {
    const { time, store, life, records } = await away();
    for (const known of ['one', 'two', 'three']) {
      await life.do('INC-1', { ...update, known }, sam);
    }
    time.stop(hour + minute);
    const absence: Absence = { from: ten, until: time.clock.now() };
    await store.outbox.compact(hour);
    const faster = { ...store.outbox, leftOut: async () => [] };
    let slow = true;
    const last: typeof life.do = async (...given) => {
      if (slow) await saySlackBack({ life, outbox: faster }, absence);
      slow = false;
      return life.do(...given);
    };
    const later = { ...absence, from: ten + 1 };
    await saySlackBack({ life: { ...life, do: last }, outbox: store.outbox }, later);
    const said = (await records('slack-back')).map(({ facts }) => facts.leftOut);
    expect(said).toEqual([0, (await store.outbox.leftOut(0)).length]);
  });

  test('what was left out is counted once in whatever order the database tells it', async () => {
    const { time, store, life, records } = await away();
    for (const known of ['one', 'two', 'three', 'four']) {
      await life.do('INC-1', { ...update, known }, sam);
      if (known === 'two') time.stop(2 * minute);
    }
    time.stop(hour - minute);
    await store.outbox.compact(hour);
    time.stop(3 * minute);
    await store.outbox.compact(hour);
    const leftOut = async (since: number) => (await store.outbox.leftOut(since)).toReversed();
    const tools = { life, outbox: { ...store.outbox, leftOut } };
    const until = time.clock.now();
    await saySlackBack(tools, { from: ten, until });
    await saySlackBack(tools, { from: until + 1, until: until + 1 });
    const said = (await records('slack-back')).map(({ facts }) => Number(facts.leftOut));
    const left = await store.outbox.leftOut(0);
    expect(new Set(left.map(({ at }) => at)).size).toBe(2);
    expect(said).toEqual([left.length]);
  });

  test('two absences of which nothing was said yet are one', async () => {
    const { time, store, life, records, paging } = await away();
    for (const known of ['one', 'two', 'three']) {
      await life.do('INC-1', { ...update, known }, sam);
    }
    time.stop(hour + minute);
    await store.outbox.compact(hour);
    time.stop(5 * minute);
    let back = (_: Absence) => {};
    const onBack = (listener: typeof back) => {
      back = listener;
    };
    const waits = new Set<AbortSignal>();
    const guard = createSlackGuard({
      ...{ ...paging, outbox: store.outbox, log: quietLog, probe: async () => {} },
      reach: { away: () => null, onBack },
      sleep: (_ms, ended) =>
        new Promise((resolve) => {
          if (ended) waits.add(ended);
          ended?.addEventListener('abort', () => resolve(), { once: true });
        }),
    });
    guard.start();
    await expect.poll(() => waits.size).toBe(1);
    const now = time.clock.now();
    back({ from: ten, until: now - 2 * minute });
    back({ from: now, until: now });
    await expect.poll(() => records('slack-back')).toHaveLength(1);
    await guard.stop();
    const [said] = await records('slack-back');
    expect(said?.facts).toMatchObject({ from: ten, until: now, leftOut: 2 });
  });

  test('what was left out is said once by two processes that find Slack there in the same instant', async () => {
    const { time, store, life, records } = await away();
    for (const known of ['one', 'two', 'three']) {
      await life.do('INC-1', { ...update, known }, sam);
    }
    time.stop(hour + minute);
    const now = time.clock.now();
    const back = () => saySlackBack({ life, outbox: store.outbox }, { from: now, until: now });
    await Promise.all([back(), back(), back()]);
    const said = (await records('slack-back')).map(({ facts }) => facts.leftOut);
    expect(said).toEqual([(await store.outbox.leftOut(0)).length]);
  });

  test('a short time, and an incident that has nothing to say, are not told of', async () => {
    const { time, store, life, records } = await away();
    time.stop(minute);
    const now = time.clock.now();
    await saySlackBack({ life, outbox: store.outbox }, { from: now - 59_000, until: now });
    expect(await records('slack-back')).toEqual([]);
  });
});
