import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { WorkspaceOptions } from '../../workspace/assemble.ts';
import type { Control } from '../../workspace/protocol.ts';
import { startWorkspace } from '../../workspace/server.ts';

/** The local Slack workspace, with its control calls as a function. */
export interface LocalSlack {
  url: string;
  apiUrl: string;
  control<Name extends keyof Control>(
    name: Name,
    body: Control[Name]['body'],
  ): Promise<Control[Name]['answer']>;
}

/** The tokens that the workspace takes. */
export const tokens = {
  bot: 'xoxb-local-workspace',
  app: 'xapp-local-workspace',
  signingSecret: 'local-signing-secret',
};

/** Slack itself waits for three seconds; a test is longer than that on a machine that stands still. */
const ackMs = 20_000;

/** Starts a workspace that forgets everything, with rate limits out of the way, until the test is over. */
export async function startLocalSlack(given: Partial<WorkspaceOptions> = {}): Promise<LocalSlack> {
  const manifest = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  const options = { data: null, tokens, manifest, rateScale: 1_000, ackMs, say: () => {} };
  const { url, close } = await startWorkspace({ ...options, ...given });
  onTestFinished(close);
  return {
    url,
    apiUrl: `${url}/api/`,
    async control(name, body) {
      const response = await fetch(`${url}/control/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const { ok, error, ...answer } = (await response.json()) as { ok: boolean; error?: string };
      if (!response.ok) throw new Error(`${name}: ${error ?? response.status}`);
      return { ok, error: error ?? null, ...answer } as never;
    },
  };
}
