import { parseDocument } from 'yaml';
import { incoherences, type Mistake, type Written } from './manifest/coherence.ts';
import { schema } from './manifest/schema.ts';

/** What the workspace needs to know of the app, read from its `manifest.yml`. */
export interface Manifest {
  appName: string;
  botName: string;
  commands: { command: string; description: string; usageHint: string; shouldEscape: boolean }[];
  shortcuts: { name: string; type: 'global' | 'message'; callbackId: string }[];
  botScopes: string[];
  botEvents: string[];
  socketMode: boolean;
  interactivity: boolean;
  homeTab: boolean;
  messagesTab: boolean;
  /** Where everything is sent in HTTP mode; null in Socket Mode. */
  requestUrl: string | null;
}

/**
 * Reads the app's manifest as strictly as Slack, and more: scopes and events must exist, and what
 * needs a scope must have it. Throws one error that lists every mistake with its place.
 */
export function readManifest(yamlText: string): Manifest {
  const parsed = schema.safeParse(readYaml(yamlText));
  if (!parsed.success) throw refusal(parsed.error.issues.map(mistakeOf));
  const mistakes = incoherences(parsed.data);
  if (mistakes.length > 0) throw refusal(mistakes);
  return manifestOf(parsed.data);
}

function readYaml(text: string): unknown {
  const document = parseDocument(text, { schema: 'core' });
  const broken = document.errors.map(({ message }) => ({ path: 'YAML', expected: message }));
  if (broken.length > 0) throw refusal(broken);
  try {
    return document.toJS();
  } catch (error) {
    throw refusal([{ path: 'YAML', expected: (error as Error).message }]); // a wrong alias
  }
}

const mistakeOf = ({ path, message }: { path: PropertyKey[]; message: string }): Mistake => ({
  path: path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`,
    )
    .join(''),
  expected: message,
});

function refusal(mistakes: Mistake[]): Error {
  const lines = mistakes.map(({ path, expected }) => `  ${path || '(top)'}: ${expected}`);
  return new Error(
    `Slack would not take this app manifest. Correct it and start again:\n${lines.join('\n')}`,
  );
}

function manifestOf({ display_information, features, oauth_config, settings }: Written): Manifest {
  const { event_subscriptions, interactivity, socket_mode_enabled = false } = settings ?? {};
  const addresses = [
    event_subscriptions?.request_url,
    interactivity?.request_url,
    ...(features?.slash_commands ?? []).map(({ url }) => url),
  ];
  return {
    appName: display_information.name,
    botName: features?.bot_user?.display_name ?? display_information.name,
    commands: (features?.slash_commands ?? []).map((written) => ({
      command: written.command,
      description: written.description,
      usageHint: written.usage_hint ?? '',
      shouldEscape: written.should_escape ?? false,
    })),
    shortcuts: (features?.shortcuts ?? []).map(({ name, type, callback_id }) => ({
      name,
      type,
      callbackId: callback_id,
    })),
    botScopes: oauth_config?.scopes?.bot ?? [],
    botEvents: event_subscriptions?.bot_events ?? [],
    socketMode: socket_mode_enabled,
    interactivity: interactivity?.is_enabled ?? false,
    homeTab: features?.app_home?.home_tab_enabled ?? false,
    messagesTab: features?.app_home?.messages_tab_enabled ?? false,
    requestUrl: socket_mode_enabled ? null : (addresses.find((url) => url) ?? null),
  };
}
