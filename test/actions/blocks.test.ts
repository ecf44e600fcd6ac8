import { expect, test } from 'vitest';
import { blocks } from '../../src/actions/blocks.ts';
import type { Denied } from '../../src/core/capabilities.ts';
import { stillClock } from '../support/clock.ts';
import { fakeDenyList } from '../support/deny-list.ts';
import { catalogueOf, scriptedTargets } from '../support/scripted-targets.ts';

const clock = stillClock();
const soon = clock.now() + 60_000;
const entry = (address: string, change: Partial<Denied> = {}): Denied => ({
  address,
  until: soon,
  reason: 'R-1A2B3C: credential stuffing',
  ...change,
});

async function shown(
  lists: Readonly<Record<string, readonly Denied[] | Error | null>>,
  target: string | null = null,
) {
  const offers = Object.entries(lists).map(([service, list]) => {
    const denyList = fakeDenyList(clock, { guarded: ['192.0.2.0/24'] });
    if (list instanceof Error) denyList.entries = () => Promise.reject(list);
    else denyList.list = [...(list ?? [])];
    return [`${service}@prod`, list === null ? {} : { denyList }] as const;
  });
  const tools = {
    catalogue: catalogueOf(Object.keys(lists)),
    targets: scriptedTargets(Object.fromEntries(offers)),
    clock,
  };
  const report = await blocks.run({}, target ? { service: target, env: 'prod' } : null, tools);
  const text = report.parts
    .flatMap((part) =>
      part.kind === 'facts'
        ? part.facts.map((f) => `${f.name} ${f.value}`)
        : part.kind === 'text'
          ? [part.text]
          : [],
    )
    .join('\n');
  return { report, text };
}

test('each entry says where, until when, by which run and why', async () => {
  const { text } = await shown({ api: [entry('203.0.113.7')], web: [] });
  expect(text).toBe(
    [
      'api@prod: 1 blocked',
      `203.0.113.7 until ${new Date(soon - 300_000).toISOString()} · R-1A2B3C · credential stuffing`,
      'web@prod: nobody is blocked.',
    ].join('\n'),
  );
});

test('a service that does not answer is said to be unknown, and hides no other', async () => {
  const { text } = await shown({
    api: new Error('connection refused'),
    web: [entry('203.0.113.7')],
  });
  expect(text).toContain('api@prod: not known, connection refused.');
  expect(text).toContain('203.0.113.7 until');
});

test('services without such a list are left out, unless one is asked for', async () => {
  expect((await shown({ api: null, web: [] })).text).toBe('web@prod: nobody is blocked.');
  expect((await shown({ api: null }, 'api')).text).toBe(
    'api@prod has no list of refused addresses.',
  );
  expect((await shown({ api: null })).text).toBe(
    'No service here has a list of refused addresses.',
  );
});

test.each<[string, Denied, string]>([
  [
    'not put there by Gatehouse',
    entry('203.0.113.7', { reason: 'by hand' }),
    'nobody approved it here',
  ],
  ['without an end', entry('203.0.113.7', { until: null }), 'it never ends by itself'],
  ['over', entry('203.0.113.7', { until: clock.now() }), 'it should have ended'],
  ['protected', entry('192.0.2.9'), '192.0.2.0/24 is protected by the configuration'],
  ['never blocked', entry('10.0.0.0/8'), '10.0.0.0/8 is never blocked: private addresses'],
  ['oddly spelt', entry('127.1'), 'the system may take it for another address'],
])('an entry that is %s is called odd', async (_, one, why) => {
  expect((await shown({ api: [one] })).text).toContain(`ODD: ${why}`);
});

test('many are cut, and buttons only plan', async () => {
  const many = Array.from({ length: 45 }, (_, at) => entry(`203.0.113.${at + 1}`));
  const { text, report } = await shown({ api: many });
  expect(text).toContain('api@prod: 45 blocked');
  expect(text).toContain('… and 5 more.');
  expect(report.next).toHaveLength(5);
  expect(report.next[0]?.command).toBe('plan unblock 203.0.113.1 api@prod');
});
