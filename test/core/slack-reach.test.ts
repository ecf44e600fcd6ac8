import { expect, test } from 'vitest';
import { createSlackReach } from '../../src/core/slack-reach.ts';
import { stillClock } from '../support/clock.ts';

function reaching() {
  const clock = stillClock();
  return { clock, reach: createSlackReach(clock) };
}

test('Slack is away after three failures in a row within a minute, since the first of them', () => {
  const { clock, reach } = reaching();
  reach.failed('one');
  clock.pass(20_000);
  reach.failed('two');
  expect(reach.away()).toBeNull();
  clock.pass(20_000);
  reach.failed('three');
  expect(reach.away()).toEqual({ since: clock.now() - 40_000, why: 'three' });
});

test('what is answered in between, or too far apart, is no absence', () => {
  const { clock, reach } = reaching();
  for (let time = 0; time < 10; time += 1) {
    reach.failed('slow');
    reach.failed('slow');
    reach.answered();
  }
  for (let time = 0; time < 10; time += 1) {
    reach.failed('slow');
    clock.pass(31_000);
  }
  expect(reach.away()).toBeNull();
});

test('when it is back that is said once, with the time in which it was away', () => {
  const { clock, reach } = reaching();
  const heard: unknown[] = [];
  reach.onBack((absence) => heard.push(absence));
  const from = clock.now();
  for (const why of ['one', 'two', 'three', 'four']) reach.failed(why);
  clock.pass(60_000);
  reach.answered();
  reach.answered();
  expect(heard).toEqual([{ from, until: from + 60_000 }]);
  expect(reach.lastAway()).toEqual({ from, until: from + 60_000 });
  expect(reach.away()).toBeNull();
});
