// Starts Gatehouse. Without Slack tokens it also starts a local Slack workspace and the demo's five
// systems, as sibling processes that end with this one. Plain JavaScript, so that an old Node can say so.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Gatehouse needs Node 22.18 or newer, and this is ${process.versions.node}. Run \`npm ci && npm start\`: that brings a Node of its own.`,
  );
  process.exit(2);
}

const badConfiguration = 2;
const local = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'].every(
  (name) => !process.env[name],
);
const overHttp = process.env.GATEHOUSE_SLACK_MODE === 'http';
const data = process.env.GATEHOUSE_DATA || '.gatehouse';
const children = new Set();
let ending = false;

/** Starts one of our programs; its IPC channel tells it when this process is gone. */
function start(script, env, output) {
  const argv = ['--disable-warning=ExperimentalWarning', join(root, script)];
  const child = spawn(process.execPath, argv, {
    env: { NODE_COMPILE_CACHE: join(data, 'compile-cache'), ...process.env, ...env },
    stdio: ['ignore', output, 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Resolves with the message that says the program is ready; never, when it ends before. */
const ready = (child) =>
  new Promise((resolve) => {
    child.on('message', (message) => message?.ready && resolve(message));
  });

function end(code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
  setTimeout(() => {
    for (const child of children) child.kill('SIGKILL');
  }, 15_000).unref();
}

/** Starts the bot, and a dead one again, later each time; a wrong configuration ends everything. */
function keepBot(env, output, announce, delay = 250) {
  const startedAt = Date.now();
  const bot = start('src/main.ts', env, output);
  void ready(bot).then(announce);
  bot.once('exit', (code, signal) => {
    if (ending) return;
    if (code === badConfiguration || code === 0) return end(code);
    const next = Date.now() - startedAt > 30_000 ? 250 : Math.min(delay * 2, 10_000);
    console.error(`The bot ended (${signal ?? `code ${code}`}); starting it again.`);
    setTimeout(() => !ending && keepBot(env, output, announce, next), delay);
  });
}

/** The logs of the programs; what they hold is nobody else's. */
function openLogs() {
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    const logs = ['workspace', 'demo', 'bot'];
    return Object.fromEntries(logs.map((name) => [name, openSync(join(data, `${name}.log`), 'a')]));
  } catch ({ code }) {
    throw new Error(
      `its data folder ${data} cannot be written (${code}). Make it writable, or name another one in GATEHOUSE_DATA.`,
    );
  }
}

/** Neither of them is started again: what they lost would be missing, so everything ends. */
function endWith(child, name) {
  child.once('exit', (code, signal) => {
    if (!ending)
      console.error(
        `The ${name} ended (${signal ?? `code ${code}`}), so everything else ends too.`,
      );
    end(1);
  });
}

async function startLocally() {
  const logs = openLogs();
  const tokens = {
    SLACK_BOT_TOKEN: `xoxb-${randomBytes(16).toString('hex')}`,
    SLACK_APP_TOKEN: `xapp-${randomBytes(16).toString('hex')}`,
    SLACK_SIGNING_SECRET: randomBytes(16).toString('hex'),
  };
  const port = process.env.GATEHOUSE_PORT || (overHttp ? '3000' : '0');
  const request = overHttp
    ? { WORKSPACE_REQUEST_URL: `http://127.0.0.1:${port}/slack/events` }
    : {};
  const workspace = start(
    'workspace/main.ts',
    { ...tokens, ...request, WORKSPACE_DATA: data, WORKSPACE_MANIFEST: join(root, 'manifest.yml') },
    logs.workspace,
  );
  const demo = start('demo/main.ts', { DEMO_DATA: join(data, 'demo') }, logs.demo);
  endWith(workspace, 'local workspace');
  endWith(demo, 'demo');
  const [{ url }, { config }] = await Promise.all([ready(workspace), ready(demo)]);
  const env = {
    ...tokens,
    SLACK_API_URL: `${url}/api/`,
    GATEHOUSE_CONFIG: process.env.GATEHOUSE_CONFIG || config,
    GATEHOUSE_PORT: port,
  };
  let wasReady = false;
  const announce = () => {
    console.log(
      wasReady
        ? 'The bot is back.'
        : `Gatehouse is ready. No Slack tokens are set, so it runs in a local workspace: ${url}`,
    );
    wasReady = true;
  };
  keepBot(env, logs.bot, announce);
}

if (local) {
  process.on('SIGINT', () => end(0));
  process.on('SIGTERM', () => end(0));
  startLocally().catch((error) => {
    if (!ending) console.error(`Gatehouse did not start: ${error.message}`);
    end(1);
  });
} else {
  // One process, so that whoever supervises it (systemd, a container) sees it end and gets its signals.
  module.enableCompileCache(join(data, 'compile-cache'));
  await import('../src/main.ts');
}
