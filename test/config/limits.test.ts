import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { usualLimits } from '../../src/core/limits.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-limits-'));
afterAll(() => rmSync(folder, { recursive: true }));

const commands = { all: ['block', 'restart', 'status'], actions: ['block', 'restart'] };

/** The limits of a file that says this about them, or what is wrong with it. */
function read(limits: string | null) {
  const path = join(folder, 'gatehouse.yml');
  const said = limits === null ? '' : `limits: ${limits}\n`;
  writeFileSync(path, `version: 1\nslack: { team: T0GATE }\n${said}services: {}\n`);
  const loaded = loadConfig({ env: {}, drivers: [], path, commands });
  return loaded.ok
    ? loaded.value.limits
    : loaded.error.map(({ path: place, says }) => `${place}: ${says}`);
}

const hour = 3_600_000;

describe('the limits of a file', () => {
  test('are the usual ones when it says nothing', () => {
    expect(read(null)).toEqual(usualLimits);
    expect(usualLimits).toEqual({
      perPerson: {
        low: { most: 30, within: hour },
        high: { most: 20, within: hour },
        destructive: { most: 5, within: hour },
        block: { most: 20, within: hour / 6 },
        refused: { most: 20, within: hour / 6 },
      },
      perTarget: { restart: { most: 3, within: hour } },
    });
  });

  test('are what it says, and the usual ones for the rest', () => {
    expect(
      read('{ per_person: { high: 7/30m, restart: 2/h }, per_target: { restart: 9/1d } }'),
    ).toEqual({
      perPerson: {
        ...usualLimits.perPerson,
        high: { most: 7, within: hour / 2 },
        restart: { most: 2, within: hour },
      },
      perTarget: { restart: { most: 9, within: 24 * hour } },
    });
  });

  test('can be taken away one by one', () => {
    const { high: _, ...others } = usualLimits.perPerson;
    expect(read('{ per_person: { high: none }, per_target: { restart: none } }')).toEqual({
      perPerson: others,
      perTarget: {},
    });
  });

  test.each(['0/1h', '5', '5/', '/1h', 'five/1h', '5/1s', '5/8d', '5/1x', '-1/1h', '99999/1h'])(
    'cannot be %s',
    (text) => {
      expect(read(`{ per_target: { restart: "${text}" } }`)).toEqual([
        expect.stringMatching(/^limits.per_target.restart: .*expected so many within a while/),
      ]);
    },
  );

  test('of what nobody can ask for are mistakes: they would limit nothing', () => {
    expect(read('{ per_person: { hihg: 1/h }, per_target: { status: 1/h, high: 1/h } }')).toEqual([
      'limits.per_person.hihg: there is no risk or action called hihg; expected one of low, high, destructive, refused, block, restart',
      'limits.per_target.status: there is no action called status; expected one of block, restart',
      'limits.per_target.high: there is no action called high; expected one of block, restart',
    ]);
  });
});
