import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { eventScopes } from '../../workspace/manifest/event-scopes.ts';
import { readManifest } from '../../workspace/manifest.ts';
import { methods } from '../../workspace/methods/index.ts';
import { allowances } from '../../workspace/rates/tiers.ts';
import { scopes } from '../../workspace/scopes.ts';

const families =
  'api|apps|auth|bookmarks|chat|conversations|files|pins|reactions|team|usergroups|users|views';

/** What the SDK calls under another name. */
const underneath: Record<string, string[]> = {
  'files.uploadV2': ['files.getUploadURLExternal', 'files.completeUploadExternal'],
  filesUploadV2: ['files.getUploadURLExternal', 'files.completeUploadExternal'],
  SocketModeClient: ['apps.connections.open'],
};

/** `users.push` and the like: a variable that happens to be called like a family of methods. */
const isOfLists = (name: string): boolean => {
  const last = name.split('.').at(-1) ?? '';
  return last in Array.prototype || last in Map.prototype || last in Set.prototype;
};

/** The Web API methods that a source calls: `client.chat.update(…)` or by name in quotes. */
function methodsIn(source: string): string[] {
  const code = source
    .replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')
    .replace(/\s*(\??\.)\s*(?=\w)/g, '.');
  const called = code.matchAll(new RegExp(`\\.((?:${families})(?:\\.\\w+)+)\\(`, 'g'));
  const named = code.matchAll(new RegExp(`(['"\`])((?:${families})(?:\\.[a-zA-Z]\\w*)+)\\1`, 'g'));
  const found = [...called].map(([, name]) => name).concat([...named].map(([, , name]) => name));
  const hidden = Object.keys(underneath).filter((name) => code.includes(name));
  return [...new Set([...found, ...hidden])]
    .flatMap((name = '') => underneath[name] ?? [name])
    .filter((name) => name in scopes || !isOfLists(name));
}

describe('finding the methods in a source', () => {
  test.each<[string, string[]]>([
    ['await client.chat.postMessage({ channel })', ['chat.postMessage']],
    ['client.users\n    .info({ user })', ['users.info']],
    ['api?.usergroups.users.list()', ['usergroups.users.list']],
    ["client.apiCall('views.open', {})", ['views.open']],
    ['client.files.uploadV2({})', underneath['files.uploadV2'] ?? []],
    ['new SocketModeClient({ appToken })', ['apps.connections.open']],
    ['// client.chat.delete()\n/* client.pins.add() */', []],
    ["import { chat } from './chat.ts'; this.users.push(1); world.files.has(1)", []],
  ])('%j', (source, found) => {
    expect(methodsIn(source)).toEqual(found);
  });
});

const sources = readdirSync('src/bot', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`src/bot/${name}`, 'utf8'));

const used = [...new Set(sources.flatMap(methodsIn))].sort();
const manifest = readManifest(readFileSync('manifest.yml', 'utf8'));

test('the bot is seen to call Slack', () => {
  expect(used).toEqual(expect.arrayContaining(['chat.postMessage', 'views.open']));
});

test.each(used)('%s, which the bot calls, is served with its scope and its rate', (method) => {
  expect(Object.keys(methods)).toContain(method);
  expect(scopes).toHaveProperty([method]);
  expect(allowances).toHaveProperty([method]);
});

test('every method of the workspace is one that Slack limits and guards', () => {
  expect(Object.keys(methods).filter((method) => !(method in scopes))).toEqual([]);
});

/** Everything that asks for a scope: what it is, and the scopes of which it needs one. */
const needs: [string, readonly string[]][] = [
  ...used
    .filter((method) => method !== 'apps.connections.open')
    .map((method): [string, readonly string[]] => [method, scopes[method] ?? []]),
  ...manifest.botEvents.map((event): [string, readonly string[]] => [
    event,
    eventScopes[event] ?? [],
  ]),
  ['slash commands and shortcuts', ['commands']],
];

test('the manifest asks for every scope that is needed', () => {
  const missing = needs.filter(
    ([, anyOf]) => anyOf.length > 0 && !anyOf.some((scope) => manifest.botScopes.includes(scope)),
  );
  expect(missing).toEqual([]);
});

test('the manifest asks for no scope that nothing needs', () => {
  const needed = needs.flatMap(([, anyOf]) => anyOf);
  expect(manifest.botScopes.filter((scope) => !needed.includes(scope))).toEqual([]);
});
