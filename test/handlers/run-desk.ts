import { restart } from '../../src/actions/restart.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import type { Standing } from '../../src/core/person.ts';
import { createDesk } from '../../src/handlers/create-desk.ts';
import type { Answer, Asked, Desk } from '../../src/handlers/desk.ts';
import type { RunTools } from '../../src/handlers/runs/run-tools.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { stillClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { asked as askedAt } from '../support/some-run.ts';

const catalogue: Catalogue = {
  defaultEnv: 'staging',
  services: [
    ['rms-auth', ['prod']],
    ['rust-auth', ['staging', 'prod']],
  ].map(([name, envs]) => ({
    name: String(name),
    title: String(name),
    runbook: '000',
    owners: [],
    aliases: [],
    environments: [envs ?? []].flat().map((env) => ({
      name: env,
      production: env === 'prod',
      drivers: {},
    })),
  })),
};

const roles: Record<string, string[]> = {
  UONCALL: ['oncall'],
  UMANAGER: ['manager'],
  UAUDIT: ['auditor'],
};

/** What the directory was asked, and how old its answer might be. */
export const lookedUp: { id: string; maxAge: number | undefined }[] = [];

const standing = async (
  id: string,
  team: string,
  options?: { maxAge: number },
): Promise<Standing> => {
  lookedUp.push({ id, maxAge: options?.maxAge });
  if (id === 'UGUEST') return { kind: 'refused', why: 'guest' };
  const person = { id, team, roles: roles[id] ?? [] };
  return id === 'ULOST'
    ? { kind: 'unverified', person: { ...person, roles: ['manager', 'oncall'] }, why: 'timeout' }
    : { kind: 'member', person };
};

/** A desk with the restart and the commands about runs. */
export const runDesk = (running: RunTools): Desk =>
  createDesk({
    queries: [],
    actions: [restart],
    running,
    catalogue,
    policy: {
      roles: { oncall: { members: [] }, manager: { members: [] }, auditor: { members: [] } },
      grants: [
        { role: '*', allow: ['risk:read'], deny: [], env: ['*'] },
        { role: 'oncall', allow: ['risk:high'], deny: [], env: ['*'] },
        { role: 'auditor', allow: ['audit'], deny: [], env: ['*'] },
      ],
    },
    directory: { standing },
    targets: { probes: async () => [], offer: async () => null, close: async () => {} },
    clock: stillClock(askedAt + 60_000),
    log: quietLog,
    redact: (text) => text.replaceAll('hunter2', '[secret]'),
    botName: 'Gatehouse',
  });

/** What somebody got for what they did. */
export interface Got {
  said: Message[];
  opened: View[];
  homes: View[];
  /** The texts of all messages. */
  text: string;
}

/** Does something as somebody; `late` is when Slack takes no form any more. */
export async function ask(
  running: RunTools,
  asked: Partial<Asked> & { kind: Asked['kind'] },
  by = 'UONCALL',
  late = false,
): Promise<Got> {
  const got: Got = { said: [], opened: [], homes: [], text: '' };
  const answer: Answer = {
    say: async (message) => void got.said.push(message),
    attach: async () => {},
    replace: async () => {},
    open: async (view) => {
      if (late) throw new Error('expired_trigger_id');
      got.opened.push(view);
    },
    home: async (view) => void got.homes.push(view),
  };
  const where = asked.kind === 'submission' ? {} : { place: { channel: 'C1', thread: null } };
  const asker = { id: by, team: 'T1' };
  await runDesk(running).handle({ asker, ...where, ...asked } as Asked, answer);
  return { ...got, text: textsIn(got.said).join('\n') };
}

/** Types a command. */
export const type = (running: RunTools, text: string, by?: string, late?: boolean) =>
  ask(running, { kind: 'command', text }, by, late);

/** Presses a button. */
export const click = (
  running: RunTools,
  action: string,
  value: string,
  by?: string,
  late?: boolean,
) => ask(running, { kind: 'click', action, value, message: aCard }, by, late);

/** Where a card stands. */
export const aCard = { channel: 'C1', ts: '1.1', alone: false };

/** Every text that people read. */
export function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === 'text' && typeof one === 'string' ? [one] : textsIn(one),
  );
}

/** The action ids and values of all buttons. */
export const buttonsIn = (value: unknown): { action: string; value: string }[] => {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (typeof value !== 'object' || value === null) return [];
  const one = value as { type?: string; action_id?: string; value?: string };
  return one.type === 'button'
    ? [{ action: one.action_id ?? '', value: one.value ?? '' }]
    : Object.values(value).flatMap(buttonsIn);
};
