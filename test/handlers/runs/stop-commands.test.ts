import { expect, test } from 'vitest';
import { actions, queries } from '../../../src/actions/index.ts';
import { restart } from '../../../src/actions/restart.ts';
import { nearest } from '../../../src/core/near.ts';
import { aboutRuns } from '../../../src/handlers/runs/run-declared.ts';
import { resumeAllDeclared, stopAllDeclared } from '../../../src/handlers/runs/stop-declared.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { ask, textsIn, type } from '../run-desk.ts';

test('an engineer stops everything, and everybody sees it: in the answer, the runs, Home and the card', async () => {
  const { tools } = fakeRuns();
  const { text } = await type(tools, 'stop-all "login storm"');
  expect(text).toContain('*All changes are stopped*');
  expect(text).toContain('login storm');
  expect(await tools.killSwitch.state()).toMatchObject({ on: true, by: { id: 'UONCALL' } });
  for (const typed of ['runs', '']) {
    expect((await type(tools, typed, 'UVIEWER')).text).toMatch(
      /All changes are stopped.*login storm/,
    );
  }
  const { homes } = await ask(tools, { kind: 'home' }, 'UVIEWER');
  expect(textsIn(homes).join()).toContain('*All changes are stopped*');
});

test('somebody who may change nothing stops nothing, and is told who can', async () => {
  const { tools } = fakeRuns();
  expect((await type(tools, 'stop-all "I am bored"', 'UVIEWER')).text).toContain(
    'Nothing was stopped: that takes somebody who may ask for a change',
  );
  expect((await tools.killSwitch.state()).on).toBe(false);
});

test('it takes a reason', async () => {
  const { tools } = fakeRuns();
  for (const typed of ['stop-all', 'stop-all ""', 'stop-all "?!"']) {
    expect((await type(tools, typed)).text).toMatch(
      /something has to follow it|expected the reason/,
    );
  }
  expect((await tools.killSwitch.state()).on).toBe(false);
});

test('an engineer cannot let changes go on, and one manager cannot alone', async () => {
  const { tools } = fakeRuns();
  await type(tools, 'stop-all storm');
  expect((await type(tools, 'resume-all')).text).toContain('Your word does not count for this');
  expect((await tools.killSwitch.state()).liftedBy).toEqual([]);
  const once = await type(tools, 'resume-all', 'UMANAGER');
  expect(once.text).toContain('Your word is recorded');
  expect(once.text).toContain('one more person with the role `manager` or `security`');
  await type(tools, 'resume-all', 'UMANAGER');
  expect((await tools.killSwitch.state()).on).toBe(true);
  await tools.killSwitch.lift({ id: 'UOTHER', team: 'T1' });
  expect((await type(tools, 'resume-all', 'UMANAGER')).text).toContain('nothing to lift');
});

test('the word of somebody who has lost the role since does not count', async () => {
  const { tools } = fakeRuns();
  await type(tools, 'stop-all storm');
  await tools.killSwitch.lift({ id: 'UONCALL', team: 'T1' });
  expect((await type(tools, 'resume-all', 'UMANAGER')).text).toContain('one more person');
  expect(await tools.killSwitch.state()).toMatchObject({
    on: true,
    liftedBy: [{ id: 'UMANAGER' }],
  });
});

test('somebody whose roles cannot be looked up neither stops nor lifts', async () => {
  const { tools } = fakeRuns();
  for (const typed of ['stop-all storm', 'resume-all']) {
    expect((await type(tools, typed, 'ULOST')).text).toContain('could not be looked up');
  }
  expect((await tools.killSwitch.state()).since).toBeNull();
});

test('a switch that cannot be read is said to be so, and reading goes on', async () => {
  const { killSwitch } = fakeRuns().tools;
  const state = () => Promise.reject(new Error('no database'));
  const { tools } = fakeRuns({ killSwitch: { ...killSwitch, state } });
  const { text } = await type(tools, 'runs');
  expect(text).toContain('Whether changes are stopped cannot be read now, so none is made');
  expect(text).toContain('Open:');
});

test('neither command is a slip of the pen away from another one', () => {
  const all = [...queries, ...actions, ...aboutRuns, restart];
  for (const { name } of [stopAllDeclared, resumeAllDeclared]) {
    const others = all
      .filter((one) => one.name !== name)
      .flatMap((one) => [one.name, ...one.aliases])
      .concat('help', 'whoami', 'who', 'me', 'rights');
    expect(nearest(name, others)).toEqual([]);
    for (const other of others) expect(nearest(other, [name])).toEqual([]);
  }
});
