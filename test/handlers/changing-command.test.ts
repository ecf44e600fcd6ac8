import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { targetName } from '../../src/core/target.ts';
import type { Command } from '../../src/handlers/command.ts';
import { deskOf } from '../../src/handlers/create-desk.ts';
import type { Answer, Asked } from '../../src/handlers/desk.ts';
import { help } from '../../src/handlers/help/help.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import type { Message } from '../../src/views/blocks/message.ts';
import { stillClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const service = (name: string, environments: Record<string, boolean>) => ({
  name,
  title: name,
  runbook: '000',
  owners: [],
  aliases: [],
  environments: Object.entries(environments).map(([env, production]) => ({
    name: env,
    production,
    drivers: {},
  })),
});

const catalogue: Catalogue = {
  defaultEnv: 'staging',
  services: [
    service('rust-auth', { staging: false, prod: true }),
    service('rms-auth', { prod: true }),
    service('odd-auth', { staging: true }),
  ],
};

/** What was done, as it would be carried out. */
const done: string[] = [];

const changing = (name: string, aliases: string[] = []): Command => ({
  name,
  summary: 'Changes something.',
  examples: [`${name} rust-auth@prod`],
  aliases,
  risk: 'high',
  aim: 'one',
  runbook: '000',
  group: 'Change',
  changes: true,
  params: z.object({ reason: z.string().optional() }),
  perform: async ({ command, target }) => {
    done.push(`${command.name} ${target ? targetName(target) : ''}`);
  },
});

const desk = deskOf(
  createRegistry([changing('restart', ['bounce']), changing('user offboard'), help('Gatehouse')]),
  {
    catalogue,
    policy: {
      roles: {},
      grants: [
        { role: '*', allow: ['risk:read'], deny: [], env: ['*'] },
        { role: 'oncall', allow: ['risk:high'], deny: [], env: ['*'] },
      ],
    },
    directory: {
      standing: async (id, team) =>
        id === 'ULOST'
          ? { kind: 'unverified', person: { id, team, roles: ['oncall'] }, why: 'timeout' }
          : { kind: 'member', person: { id, team, roles: id === 'UON' ? ['oncall'] : [] } },
    },
    clock: stillClock(),
    log: quietLog,
    redact: (text) => text,
  },
);

const command = (text: string, id = 'UON'): Asked => ({
  kind: 'command',
  text,
  asker: { id, team: 'T1' },
  place: { channel: 'C1', thread: null },
});

async function type(text: string, id?: string) {
  const said: Message[] = [];
  const nothing = async () => {};
  const answer: Answer = {
    say: async (message) => void said.push(message),
    attach: nothing,
    replace: async () => {},
    open: nothing,
    home: nothing,
  };
  done.length = 0;
  await desk.handle(command(text, id), answer);
  return {
    did: [...done],
    text: said.map((message) => message.text).join(),
    all: JSON.stringify(said),
  };
}

describe('a command that changes something', () => {
  test.each(['restart rust-auth@prod', 'bounce x', 'User Offboard x', 'restart --reason'])(
    '%s is written down first',
    (text) => {
      expect(desk.changes(command(text))).toBe(true);
      expect(desk.changes({ ...command(text), kind: 'mention' } as Asked)).toBe(true);
      expect(
        desk.changes({ ...command(''), kind: 'click', action: 'ask:2', value: text } as Asked),
      ).toBe(true);
    },
  );

  test('is done to the target that was named, or to the usual environment', async () => {
    expect((await type('restart rust-auth@prod')).did).toEqual(['restart rust-auth@prod']);
    expect((await type('bounce rust-auth')).did).toEqual(['restart rust-auth@staging']);
  });

  test.each(['restart rms-auth', 'restart odd-auth'])(
    'is not done to production unless that was named: %s',
    async (text) => {
      const { did, text: said } = await type(text);
      expect(did).toEqual([]);
      expect(said).toContain('takes none by itself');
    },
  );

  test('is never typed by a suggestion', async () => {
    for (const text of [
      'restrat rust-auth@prod',
      'restart rust-atuh@prod',
      'restart',
      'restart rms-auth',
      'user offbord x',
    ]) {
      const { did, all } = await type(text);
      expect(did).toEqual([]);
      expect(all).not.toContain('"value"');
    }
    expect((await type('restrat rust-auth@prod')).text).toContain('Did you mean `restart`');
    expect((await type('user offbord x')).text).toContain('Did you mean `user offboard`');
  });

  test('is neither done for nor shown to somebody who may not', async () => {
    expect(await type('restart rust-auth@prod', 'UANY')).toMatchObject({
      did: [],
      text: expect.stringContaining('role `oncall` could'),
    });
    expect((await type('help', 'UANY')).all).not.toContain('restart');
    expect((await type('help', 'UON')).all).toContain('restart');
    expect((await type('help restart', 'UANY')).text).toContain('may not use');
  });

  test('is not done while roles cannot be looked up, whatever roles are remembered', async () => {
    expect(await type('restart rust-auth@prod', 'ULOST')).toMatchObject({
      did: [],
      text: expect.stringContaining('timeout'),
    });
  });
});

test('two commands cannot answer to the same words', () => {
  expect(() => createRegistry([changing('restart'), changing('bounce', ['restart'])])).toThrow(
    'answer to "restart"',
  );
});
