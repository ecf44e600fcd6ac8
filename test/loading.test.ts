import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { people } from '../workspace/people.ts';
import { startBotProcess } from './support/bot-process.ts';
import { openGrounds } from './support/grounds.ts';
import { catalogueText } from './support/house-catalogue.ts';
import { textOf } from './support/person.ts';
import { runProgram } from './support/run-program.ts';
import { tempFolder } from './support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

const noting = pathToFileURL(join(import.meta.dirname, 'support/note-loading.ts')).href;

interface Loaded {
  /** Npm packages, whoever wanted them. */
  loaded: string[];
  /** `src/file.ts package` for each that a file of the project asked for by name. */
  wanted: string[];
  /** Files of the project. */
  files: string[];
}

/** What makes something of the section of a driver in the catalogue. */
const bodies = (files: readonly string[]) =>
  files.filter((file) => /^src\/targets\/[a-z-]+\/(?!options\.ts)/.test(file));

const read = (file: string): Loaded => JSON.parse(readFileSync(file, 'utf8'));

/** What a process loads that runs this program, and nothing else. */
async function loadedBy(program: string): Promise<Loaded> {
  const file = join(folder.path, 'loaded-by-a-program.json');
  const words = ['--import', noting, '--input-type=module', '--eval', program];
  const { code, complaints } = await runProgram(words, { LOADED_TO: file });
  expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
  return read(file);
}

const urlOf = (path: string): string => pathToFileURL(path).href;

/** Every file of the project that `src/main.ts` imports. */
const importsOfMain = [
  ...readFileSync('src/main.ts', 'utf8').matchAll(/^import .* from '(\.[^']+)';$/gm),
].map(([, path = '']) => pathToFileURL(join('src', path)).href);

/** Every part that the lists of what is loaded late name, as files of the project. */
const onDemand = ['src/handlers/on-demand.ts', 'src/gatehouse/on-demand.ts'].flatMap((list) =>
  [...readFileSync(list, 'utf8').matchAll(/import\('(\.[^']+)'\)/g)].map(([, path = '']) =>
    join(dirname(list), path),
  ),
);

/** What hangs on those parts alone, and has to stay there. */
const behind = [
  /^src\/incidents\/deeds\//,
  /^src\/handlers\/(?:incident-commands\/(?!review-declared)|incident-forms)/,
  /^src\/views\/incident-(?:notice|card|form|picker|review|timeline|stats|packet)/,
];

/** A first command, from the words to the answer, with nobody and nothing behind it. */
const firstAnswer = `
  const { actions, queries } = await import('${urlOf('src/actions/index.ts')}');
  const { createDesk } = await import('${urlOf('src/handlers/create-desk.ts')}');
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const desk = createDesk({
    queries, actions, log: quiet, running: {}, incidentTools: {},
    clock: { now: () => 0, monotonic: () => 0 }, redact: (text) => text, botName: 'Gatehouse',
    catalogue: { defaultEnv: null, services: [] }, policy: { roles: {}, grants: [] },
    directory: { standing: async (id, team) => ({ kind: 'member', person: { id, team, roles: [] } }) },
    targets: { probes: async () => [], offer: async () => null, close: async () => {} },
  });
  const asked = { kind: 'command', text: 'status', asker: { id: 'U1', team: 'T1' }, place: { channel: 'D1', thread: null } };
  const answers = [];
  await desk.handle(asked, { say: async (message) => void answers.push(message) });
  if (answers.length !== 1) throw new Error('there was no answer');`;

/** What is loaded when it is needed: the database, the metrics, the charts, and one SDK for each driver that is used. */
const late = [
  'ioredis',
  'pg',
  'kysely',
  'pg-boss',
  '@electric-sql/pglite',
  'prom-client',
  '@resvg/resvg-js',
  'd3-scale',
  'd3-shape',
];

describe('until it is needed nothing is loaded of the database, the metrics, the charts and the SDKs', () => {
  test('by importing all that the process is made of', async () => {
    expect(importsOfMain.join()).toMatch(/actions\/index.*load-config.*gatehouse.*targets\/index/);
    const program = importsOfMain.map((url) => `await import(${JSON.stringify(url)});`).join('\n');
    const { loaded, files } = await loadedBy(program);
    expect(files).toContain('src/targets/kubernetes/options.ts');
    expect(bodies(files).filter((file) => !file.startsWith('src/targets/http/'))).toEqual([]);
    expect(loaded).toContain('@slack/web-api');
    expect(loaded.filter((name) => late.includes(name))).toEqual([]);
  });

  test('and until the first answer nothing of what the desk and the composition have on demand', async () => {
    const program = importsOfMain.map((url) => `await import(${JSON.stringify(url)});`).join('\n');
    const { files } = await loadedBy(`${program}\n${firstAnswer}`);
    expect(onDemand.length).toBeGreaterThanOrEqual(15);
    expect(files.filter((file) => onDemand.includes(file))).toEqual([]);
    expect(files.filter((file) => behind.some((part) => part.test(file)))).toEqual([]);
    expect(files).toContain('src/views/report.ts');
  });

  test('and each of them would be seen here', async () => {
    const { loaded } = await loadedBy(late.map((name) => `await import('${name}');`).join('\n'));
    expect(late.filter((name) => !loaded.includes(name))).toEqual([]);
  });

  test('by a driver that the catalogue does not name', async () => {
    const grounds = await openGrounds({ services: ['rms-auth'] });
    const config = join(folder.path, 'http-alone.yml');
    const { origin } = new URL(grounds.service('rms-auth').url);
    writeFileSync(config, catalogueText({ 'rms-auth': { url: origin } }));
    const file = join(folder.path, 'loaded-by-the-bot.json');
    const bot = startBotProcess({
      ...grounds.env,
      GATEHOUSE_CONFIG: config,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/',
      NODE_OPTIONS: `--import=${noting}`,
      LOADED_TO: file,
      GATEHOUSE_LOG: 'debug',
    });
    await bot.ready();
    const answer = await grounds.person(people.viewer).asks('status');
    await vi.waitFor(() => expect(bot.lines.join()).toContain('needed later was loaded'), 60_000);
    bot.send('SIGTERM');
    await bot.ended;
    await grounds.close();
    expect(textOf(answer)).toContain('All 1 are up.');
    const { loaded, wanted, files } = read(file);
    expect(bodies(files).filter((path) => !path.startsWith('src/targets/http/'))).toEqual([]);
    expect(wanted.filter((one) => /^src\/targets\/.* (?!zod$)/.test(one))).toEqual([
      'src/targets/http.ts undici',
    ]);
    expect(loaded).not.toContain('ioredis');
    expect(onDemand.filter((part) => !files.includes(part))).toEqual([]); // by now, in the background
  });
});
