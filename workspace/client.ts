import type { Control, Snapshot } from './protocol.ts';

/** What a control call takes and gives, by its name. */
type Calls = {
  readonly [Name in keyof Control]: (
    body: Control[Name]['body'],
  ) => Promise<{ ok: boolean; error?: string | null } & Control[Name]['answer']>;
};

/** A workspace, seen from a test: every control call, and a way to wait. */
export interface WorkspaceClient extends Omit<Calls, 'look'> {
  /** What `as` sees now. */
  look(as: string): Promise<Snapshot>;
  /**
   * Waits until `as` sees what `wanted` looks for and returns it. Rejects after `ms` milliseconds
   * (60,000) with what was seen last.
   */
  waitFor<Found>(
    as: string,
    wanted: (seen: Snapshot) => Found | undefined | null | false,
    ms?: number,
  ): Promise<Found>;
}

const names = [
  ...['type', 'act', 'suggest', 'submit', 'close', 'openHome', 'shortcut', 'react', 'members'],
  ...['faults', 'sockets', 'resend', 'traffic', 'member', 'group', 'invite', 'kick', 'archive'],
  ...['join', 'unarchive', 'rename', 'deleteChannel', 'edit', 'remove', 'pin', 'plan'],
] as const;

/** Speaks to the workspace at `url`. */
export function connectWorkspace(url: string): WorkspaceClient {
  const ask = async (name: string, body: object) => {
    const response = await fetch(`${url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as { ok: boolean; error?: string; snapshot?: Snapshot };
  };
  const calls = Object.fromEntries(
    names.map((name) => [name, (body: object) => ask(name, body)]),
  ) as unknown as Omit<Calls, 'look'>;
  const look = async (as: string): Promise<Snapshot> => {
    const { error, snapshot } = await ask('look', { as });
    if (!snapshot) throw new Error(`${as} cannot look: ${error}`);
    return snapshot;
  };
  return {
    ...calls,
    look,
    waitFor: (as, wanted, ms = 60_000) => poll(() => look(as), wanted, ms),
  };
}

/** Often enough that nobody waits for it, and more seldom for what takes longer, in milliseconds. */
const pause = { first: 15, most: 60, share: 0.1 };

async function poll<Found>(
  look: () => Promise<Snapshot>,
  wanted: (seen: Snapshot) => Found | undefined | null | false,
  ms: number,
): Promise<Found> {
  const start = performance.now();
  for (;;) {
    const seen = await look();
    const found = wanted(seen);
    if (found) return found;
    const waited = performance.now() - start;
    if (waited > ms) throw new Error(`Waited ${ms} ms in vain. ${summary(seen)}`);
    const rest = Math.min(pause.most, Math.max(pause.first, waited * pause.share));
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

function summary({ messages, modals, home, app }: Snapshot): string {
  const last = messages.slice(-5).map(({ user, text }) => `${user}: ${text.slice(0, 200)}`);
  const shown = { sockets: app.sockets, last, modals: modals.map(({ title }) => title), home };
  return `Seen last: ${JSON.stringify(shown).slice(0, 2000)}`;
}
