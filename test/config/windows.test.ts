import { afterAll, describe, expect, test } from 'vitest';
import { problemLine } from '../../src/config/problem.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { base, load } from './policy-file.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const withWindows = (windows: string) =>
  base.replace('staging: { destructive: strict }', `staging: { windows: ${windows} }`);

const approvalsOf = (windows: string) => {
  const result = load(folder.path, withWindows(windows));
  if (!result.ok) throw new Error(result.error.map(problemLine).join('\n'));
  return result.value.approvals;
};
const complaints = (windows: string) => {
  const result = load(folder.path, withWindows(windows));
  if (result.ok) throw new Error('expected mistakes, found none');
  return result.error.map((problem) => problemLine(problem).replace(`${folder.path}/`, ''));
};

const hours = {
  days: [1, 2, 3, 4],
  from: 480,
  to: 960,
  zone: 'Europe/Berlin',
  written: 'Mon-Thu 08:00-16:00 Europe/Berlin',
};
const other = {
  days: [6, 7],
  from: 1_320,
  to: 360,
  zone: 'UTC',
  written: 'Sat,Sun 22:00-06:00 UTC',
};
const [one, two] = [hours.written, other.written];

describe('the hours of an action', () => {
  test.each([
    ['one text', `{ restart: "${one}" }`, { hours: [hours] }],
    ['a list', `{ restart: ["${one}", "${two}"] }`, { hours: [hours, other] }],
    [
      'keys',
      `{ restart: { open: "${one}", in_incident: true } }`,
      { hours: [hours], inIncident: true },
    ],
    ['keys with a list', `{ restart: { open: ["${two}"] } }`, { hours: [other] }],
  ])('can be said by %s', (_how, written, window) => {
    const { windows, environments } = approvalsOf(written);
    expect(windows).toEqual({ staging: { restart: window } });
    expect(environments?.staging).toEqual({});
  });

  test.each([
    ['Fri-Mon', [1, 5, 6, 7]],
    ['mon', [1]],
    ['Mon,Wed,Fri', [1, 3, 5]],
    ['Mon-Wed,Tue-Thu', [1, 2, 3, 4]],
    ['Mon-Sun', [1, 2, 3, 4, 5, 6, 7]],
  ])('%s are days', (named, days) => {
    const { windows } = approvalsOf(`{ restart: "${named} 00:00-24:00 UTC" }`);
    expect(windows?.staging?.restart?.hours).toMatchObject([{ days, from: 0, to: 1_440 }]);
  });

  test('make the policy another one, and where there are none it is the one it was', () => {
    const versions = [`{ restart: "${one}" }`, `{ restart: "${two}" }`, '{}'].map(
      (written) => approvalsOf(written).version,
    );
    expect(new Set(versions).size).toBe(3);
    expect(approvalsOf('{}')).not.toHaveProperty('windows');
  });
});

describe('a mistake in them is found with its place', () => {
  test.each([
    ['Mon-Thu 08:00-16:00', 'expected days, hours and a time zone such as'],
    ['Mon-Thu 8-16 UTC', 'expected days, hours and a time zone such as'],
    ['Mon-Thr 08:00-16:00 UTC', 'expected days such as Mon-Thu or Mon,Wed,Fri'],
    ['Mon-Tue-Wed 08:00-16:00 UTC', 'expected days such as Mon-Thu or Mon,Wed,Fri'],
    ['Mon, 08:00-16:00 UTC', 'expected days such as Mon-Thu or Mon,Wed,Fri'],
    ['Mon-Thu 08:00-25:00 UTC', 'expected times of day from 00:00 to 24:00'],
    ['Mon-Thu 08:00-24:30 UTC', 'expected times of day from 00:00 to 24:00'],
    ['Mon-Thu 24:00-08:00 UTC', 'expected times of day from 00:00 to 24:00'],
    ['Mon-Thu 08:00-08:00 UTC', 'it would never be open'],
    ['Mon-Thu 08:00-16:00 Europe/Berln', 'there is no time zone called Europe/Berln'],
  ])('%s → %s', (written, says) => {
    const place = 'gatehouse.yml:19:27  approvals.environments.staging.windows.restart';
    expect(complaints(`{ restart: "${written}" }`)).toEqual([
      expect.stringMatching(new RegExp(`^${place}: .*${says}`)),
    ]);
    expect(complaints(`{ restart: { open: ["${one}", "${written}"] } }`)).toEqual([
      expect.stringMatching(
        /^gatehouse\.yml:19:\d+ {2}approvals\.environments\.staging\.windows\.restart/,
      ),
    ]);
  });

  test('an action that there is not', () => {
    expect(complaints(`{ restrat: "${one}" }`)).toEqual([
      'gatehouse.yml:19:27  approvals.environments.staging.windows.restrat: there is no action called restrat; did you mean restart?',
    ]);
  });

  test.each(['[]', '{ open: [] }', '{}', 'true', '{ open: "Mon 08:00-09:00 UTC", until: 1 }'])(
    'hours that are none: %s',
    (written) => {
      expect(complaints(`{ restart: ${written} }`)).toEqual([
        expect.stringMatching(/19:(27|67) {2}approvals\.environments\.staging\.windows\.restart/),
      ]);
    },
  );
});
