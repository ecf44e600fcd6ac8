import { parse } from 'yaml';

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
  /** Where events and clicks are sent in HTTP mode; null in Socket Mode. */
  requestUrl: string | null;
}

/** Reads the app's manifest. Throws one error that lists every mistake. */
export function readManifest(yamlText: string): Manifest {
  const raw = parse(yamlText);
  return {
    appName: raw.display_information.name,
    botName: raw.features.bot_user.display_name,
    commands: (raw.features.slash_commands ?? []).map((command: Record<string, unknown>) => ({
      command: command.command,
      description: command.description,
      usageHint: command.usage_hint ?? '',
      shouldEscape: command.should_escape ?? false,
    })),
    shortcuts: (raw.features.shortcuts ?? []).map((shortcut: Record<string, unknown>) => ({
      name: shortcut.name,
      type: shortcut.type,
      callbackId: shortcut.callback_id,
    })),
    botScopes: raw.oauth_config?.scopes?.bot ?? [],
    botEvents: raw.settings?.event_subscriptions?.bot_events ?? [],
    socketMode: raw.settings?.socket_mode_enabled ?? false,
    interactivity: raw.settings?.interactivity?.is_enabled ?? false,
    homeTab: raw.features.app_home?.home_tab_enabled ?? false,
    messagesTab: raw.features.app_home?.messages_tab_enabled ?? false,
    requestUrl: raw.settings?.event_subscriptions?.request_url ?? null,
  };
}
