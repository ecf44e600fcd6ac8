import type { z } from 'zod';
import { eventScopes } from './event-scopes.ts';
import type { schema } from './schema.ts';

/** The manifest as it is written, once it follows the schema. */
export type Written = z.infer<typeof schema>;

/** A place in the manifest and what was expected there. */
export interface Mistake {
  path: string;
  expected: string;
}

/** What the schema cannot see: parts that need one another. */
export function incoherences(written: Written): Mistake[] {
  return [...lacksScopes(written), ...lacksAddresses(written), ...repeats(written)];
}

function lacksScopes({ features, oauth_config, settings }: Written): Mistake[] {
  const held = [
    ...(oauth_config?.scopes?.bot ?? []),
    ...(oauth_config?.scopes?.bot_optional ?? []),
  ];
  const events = settings?.event_subscriptions?.bot_events ?? [];
  const needs: [string, readonly string[]][] = events.map((name, index) => [
    `settings.event_subscriptions.bot_events[${index}]`,
    eventScopes[name] ?? [],
  ]);
  if (features?.slash_commands) needs.push(['features.slash_commands', ['commands']]);
  if (features?.shortcuts) needs.push(['features.shortcuts', ['commands']]);
  return needs
    .filter(([, anyOf]) => anyOf.length > 0 && !anyOf.some((scope) => held.includes(scope)))
    .map(([path, anyOf]) => ({
      path,
      expected: `expected the scope ${anyOf.join(' or ')} in oauth_config.scopes.bot`,
    }));
}

/** Without Socket Mode, Slack needs to know where to send everything, and here that is one place. */
function lacksAddresses({ features, settings }: Written): Mistake[] {
  if (settings?.socket_mode_enabled) return [];
  const wanted: [string, string | undefined][] = [];
  const events = settings?.event_subscriptions;
  if (events) wanted.push(['settings.event_subscriptions.request_url', events.request_url]);
  const clicks = settings?.interactivity;
  if (clicks?.is_enabled) wanted.push(['settings.interactivity.request_url', clicks.request_url]);
  for (const [index, { url }] of (features?.slash_commands ?? []).entries()) {
    wanted.push([`features.slash_commands[${index}].url`, url]);
  }
  const one = wanted.find(([, url]) => url)?.[1];
  return wanted
    .filter(([, url]) => url === undefined || url !== one)
    .map(([path, url]) => ({
      path,
      expected: url
        ? `expected ${one}, as elsewhere: the workspace sends everything to one address`
        : 'expected an address, or settings.socket_mode_enabled: true',
    }));
}

function repeats({ features }: Written): Mistake[] {
  const names: [string, string][] = [
    ...(features?.slash_commands ?? []).map(({ command }, index): [string, string] => [
      `features.slash_commands[${index}].command`,
      command,
    ]),
    ...(features?.shortcuts ?? []).map(({ callback_id }, index): [string, string] => [
      `features.shortcuts[${index}].callback_id`,
      callback_id,
    ]),
  ];
  return names
    .filter(([, name], index) => names.findIndex(([, other]) => other === name) < index)
    .map(([path, name]) => ({
      path,
      expected: `expected another name than ${name}, which is taken`,
    }));
}
