import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engaged, lifted, neverStopped } from '../../../src/core/kill-switch.ts';
import { plainSign, signText, stopMessage } from '../../../src/views/runs/kill-switch.ts';
import { checkMessage } from '../../../workspace/blocks/check.ts';
import { hostileText } from '../../properties/hostile-text.ts';

const engineer = { id: 'UONCALL', team: 'T1' };
const manager = { id: 'UMANAGER', team: 'T1' };
const on = engaged(engineer, 'login storm', 1_000_000);
const wanted = lifted(on, manager, 2_000_000);

test('it says who stopped changes and why, and that two people have to say that they go on', () => {
  const text = signText({ kind: 'on', state: on });
  expect(text).toContain('*All changes are stopped*');
  expect(text).toContain('by <@UONCALL>: login storm.');
  expect(text).toContain('two people with the role `manager` or `security`');
});

test('after one of them it says who that was, and that one more is needed', () => {
  const text = stopMessage({ did: 'one-more', state: wanted }).text;
  expect(text).toContain('Your word is recorded.');
  expect(text).toContain('<@UMANAGER> wants them to go on');
  expect(text).toContain('one more person with the role `manager` or `security`');
});

test('when they go on it names both', () => {
  const { text } = stopMessage({ did: 'off', state: lifted(wanted, engineer, 3_000_000) });
  expect(text).toContain('Changes go on: <@UMANAGER> and <@UONCALL> said so.');
  expect(stopMessage({ did: 'was-off', state: neverStopped }).text).toContain('nothing to lift');
});

test('what cannot be read is said to be so, and that no change is made', () => {
  for (const show of [signText, plainSign]) {
    const text = show({ kind: 'unreadable', why: 'no answer within 500 ms' });
    expect(text).toContain('cannot be read now, so none is made: no answer within 500 ms');
  }
});

test('no reason can break a message or speak as Slack', () => {
  const did = fc.constantFrom('stopped' as const, 'one-more' as const, 'off' as const);
  fc.assert(
    fc.property(hostileText, did, (reason, what) => {
      const message = stopMessage({ did: what, state: { ...wanted, reason } });
      expect(checkMessage({ ...message, method: 'chat.postMessage' })).toBeNull();
      expect(JSON.stringify(message)).not.toMatch(/<!(?:channel|here|everyone|subteam)/);
    }),
    { numRuns: 100 },
  );
});
