import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { eventScopes } from '../../workspace/manifest/event-scopes.ts';
import { scopeNames } from '../../workspace/manifest/scope-names.ts';
import { readManifest } from '../../workspace/manifest.ts';
import { scopes } from '../../workspace/scopes.ts';

const ours = readFileSync('manifest.yml', 'utf8');

/** The app's own manifest with something set or, with undefined, taken out: `a.b.0.c`. */
function changed(path: string, value: unknown): string {
  const manifest = parse(ours);
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((inner, key) => {
    inner[key] ??= {};
    return inner[key];
  }, manifest);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return stringify(manifest);
}

const text = (length: number) => 'x'.repeat(length);
const command = (name: string) => ({ command: name, description: 'd' });
const shortcut = (id: string) => ({ name: 'n', type: 'global', callback_id: id, description: 'd' });
const times = <T>(n: number, make: (index: number) => T) =>
  Array.from({ length: n }, (_, i) => make(i));

test('the manifest of the app is read into what the workspace needs', () => {
  expect(readManifest(ours)).toMatchObject({
    appName: 'Gatehouse',
    botName: 'Gatehouse',
    commands: [{ command: '/auth', shouldEscape: true }],
    botScopes: expect.arrayContaining(['chat:write', 'commands']),
    botEvents: expect.arrayContaining(['app_mention']),
    socketMode: true,
    interactivity: true,
    homeTab: true,
    messagesTab: true,
    requestUrl: null,
  });
});

test('a manifest with nothing but a name has no commands and no scopes', () => {
  expect(readManifest('display_information: {name: Bare}')).toEqual({
    appName: 'Bare',
    botName: 'Bare',
    commands: [],
    shortcuts: [],
    botScopes: [],
    botEvents: [],
    socketMode: false,
    interactivity: false,
    homeTab: false,
    messagesTab: false,
    requestUrl: null,
  });
});

describe('what Slack limits', () => {
  test.each<[string, unknown, unknown]>([
    ['display_information.name', text(35), text(36)],
    ['display_information.description', text(140), text(141)],
    ['display_information.long_description', text(175), text(174)],
    ['display_information.long_description', text(4000), text(4001)],
    ['display_information.background_color', '#abc', 'red'],
    ['features.bot_user.display_name', text(80), text(81)],
    ['features.slash_commands.0.command', `/${text(31)}`, `/${text(32)}`],
    ['features.slash_commands.0.command', '/a', 'auth'],
    ['features.slash_commands.0.description', text(2000), text(2001)],
    ['features.slash_commands.0.usage_hint', text(1000), text(1001)],
    [
      'features.slash_commands',
      times(50, (i) => command(`/${i}`)),
      times(51, (i) => command(`/${i}`)),
    ],
    ['features.shortcuts.0.name', text(24), text(25)],
    ['features.shortcuts.0.callback_id', text(255), text(256)],
    ['features.shortcuts.0.description', text(150), text(151)],
    ['features.shortcuts.0.type', 'message', 'page'],
    ['features.shortcuts', times(10, (i) => shortcut(`${i}`)), times(11, (i) => shortcut(`${i}`))],
    ['settings.interactivity.request_url', `https://${text(3492)}`, `https://${text(3493)}`],
    ['settings.event_subscriptions.request_url', 'http://a', 'ftp://a'],
    ['settings.allowed_ip_address_ranges', ['192.0.2.0/24'], ['192.0.2.0/33']],
    ['settings.socket_mode_enabled', true, 'yes'],
    ['oauth_config.redirect_urls', ['a', 'b'], ['a', 'a']],
    ['_metadata.major_version', 2, 'two'],
  ])('%s', (path, right, wrong) => {
    expect(() => readManifest(changed(path, right))).not.toThrow();
    expect(() => readManifest(changed(path, wrong))).toThrow(path.replace(/\.(\d+)/g, '[$1]'));
  });

  test.each([
    'display_information.name',
    'features.bot_user.display_name',
    'features.slash_commands.0.description',
    'features.shortcuts.0.callback_id',
    'settings.interactivity.is_enabled',
  ])('%s must be there', (path) => {
    expect(() => readManifest(changed(path, undefined))).toThrow(path.replace(/\.(\d+)/g, '[$1]'));
  });

  test.each(['', 'features.', 'features.slash_commands.0.', 'oauth_config.scopes.', 'settings.'])(
    'no other key below "%s"',
    (place) => {
      expect(() => readManifest(changed(`${place}colour`, 'red'))).toThrow('"colour"');
    },
  );
});

describe('what Slack itself would not notice', () => {
  test('is a scope or an event that does not exist', () => {
    expect(() => readManifest(changed('oauth_config.scopes.bot.0', 'chat:wirte'))).toThrow(
      'oauth_config.scopes.bot[0]: Slack has no bot scope called "chat:wirte"',
    );
    expect(() =>
      readManifest(changed('settings.event_subscriptions.bot_events.0', 'toString')),
    ).toThrow('bot_events[0]: Slack has no bot event called "toString"');
  });

  test('is an event, a command or a shortcut whose scope is missing', () => {
    const without = (scope: string) =>
      readManifest(
        changed(
          'oauth_config.scopes.bot',
          parse(ours).oauth_config.scopes.bot.filter((held: string) => held !== scope),
        ),
      );
    expect(() => without('users:read')).toThrow(
      /bot_events\[\d+\]: expected the scope users:read in oauth_config\.scopes\.bot/,
    );
    expect(() => without('commands')).toThrow(
      /features\.slash_commands: .*commands[\s\S]*features\.shortcuts: .*commands/,
    );
  });

  test('is a name taken twice', () => {
    expect(() =>
      readManifest(changed('features.slash_commands', [command('/a'), command('/a')])),
    ).toThrow('features.slash_commands[1].command: expected another name than /a, which is taken');
    expect(() =>
      readManifest(changed('features.shortcuts', [shortcut('a'), shortcut('a')])),
    ).toThrow('features.shortcuts[1].callback_id: expected another name than a, which is taken');
  });
});

describe('without Socket Mode', () => {
  const http = (address: string | undefined) => {
    const manifest = parse(ours);
    manifest.settings.socket_mode_enabled = false;
    manifest.settings.event_subscriptions.request_url = 'http://127.0.0.1:1/slack/events';
    manifest.settings.interactivity.request_url = 'http://127.0.0.1:1/slack/events';
    if (address) manifest.features.slash_commands[0].url = address;
    return stringify(manifest);
  };

  test('everything goes to one address', () => {
    expect(readManifest(http('http://127.0.0.1:1/slack/events')).requestUrl).toBe(
      'http://127.0.0.1:1/slack/events',
    );
  });

  test('a missing or a different address is a mistake', () => {
    expect(() => readManifest(http(undefined))).toThrow(
      'features.slash_commands[0].url: expected an address, or settings.socket_mode_enabled: true',
    );
    expect(() => readManifest(http('http://127.0.0.1:2/'))).toThrow(
      'features.slash_commands[0].url: expected http://127.0.0.1:1/slack/events, as elsewhere',
    );
  });
});

test('all mistakes are told at once', () => {
  const manifest = parse(ours);
  manifest.display_information.name = '';
  manifest.features.colour = 'red';
  manifest.settings.event_subscriptions.bot_events.push('nothing');
  expect(() => readManifest(stringify(manifest))).toThrow(
    /display_information\.name[\s\S]*features: .*"colour"[\s\S]*bot_events\[\d+\]/,
  );
});

test('what is no YAML is refused as such', () => {
  expect(() => readManifest('a: [')).toThrow('YAML: ');
  expect(() => readManifest('a: 1\na: 2')).toThrow('YAML: ');
  expect(() => readManifest('a: *nothing')).toThrow('YAML: Unresolved alias');
});

test('whatever is read ends in a manifest or in one error about the manifest', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.jsonValue().map((value) => stringify(value)),
      ),
      (yaml) => {
        try {
          readManifest(yaml);
        } catch (error) {
          expect(String(error)).toContain('Slack would not take this app manifest');
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('every scope that a method or an event needs is one of the scopes there are', () => {
  const needed = [...Object.values(scopes), ...Object.values(eventScopes)].flat();
  const appLevel = ['connections:write'];
  expect(needed.filter((scope) => !scopeNames.has(scope) && !appLevel.includes(scope))).toEqual([]);
});
