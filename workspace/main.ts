import { readFileSync } from 'node:fs';
import { startWorkspace } from './server.ts';

/** The process of the local workspace; README.md names its environment. */
const env = process.env;

const fail = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(2);
};

const secret = (name: string): string =>
  env[name] || fail(`${name} is not set: give the workspace and the app the same one.`);

const number = (name: string, usual: number): number => {
  const value = Number(env[name] || usual);
  return Number.isFinite(value) && value >= 0 ? value : fail(`${name} must be a number.`);
};

function manifest(): string {
  const path = env.WORKSPACE_MANIFEST || './manifest.yml';
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return fail(`The manifest ${path} cannot be read: ${(error as Error).message}`);
  }
}

const workspace = await startWorkspace({
  port: number('WORKSPACE_PORT', 4400),
  data: env.WORKSPACE_DATA === ':memory:' ? null : env.WORKSPACE_DATA || '.gatehouse',
  tokens: {
    bot: secret('SLACK_BOT_TOKEN'),
    app: secret('SLACK_APP_TOKEN'),
    signingSecret: secret('SLACK_SIGNING_SECRET'),
  },
  manifest: manifest(),
  requestUrl: env.WORKSPACE_REQUEST_URL || undefined,
  rateScale: number('WORKSPACE_RATE_SCALE', 1),
  ackMs: number('WORKSPACE_ACK_MS', 3_000),
}).catch((error: NodeJS.ErrnoException) =>
  fail(
    error.code === 'EADDRINUSE'
      ? `Port ${env.WORKSPACE_PORT || 4400} is taken, perhaps by another workspace: end it, or set WORKSPACE_PORT.`
      : `The workspace did not start: ${error.message}`,
  ),
);

const end = () => void workspace.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
process.once('disconnect', end);

const ready = { ready: true, url: workspace.url };
process.stdout.write(`${JSON.stringify(ready)}\n`);
process.send?.(ready);
