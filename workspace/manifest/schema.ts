import { z } from 'zod';
import { eventScopes } from './event-scopes.ts';
import { features } from './features.ts';
import { scopeNames } from './scope-names.ts';
import { longest, texts, webAddress } from './words.ts';

const scope = longest(50).refine((name) => scopeNames.has(name), {
  error: ({ input }) => `Slack has no bot scope called "${input}"`,
});

const event = longest(50).refine((name) => Object.hasOwn(eventScopes, name), {
  error: ({ input }) => `Slack has no bot event called "${input}"`,
});

const distinct = <T>(items: T[]) =>
  new Set(items.map((item) => JSON.stringify(item))).size === items.length;
const once = { error: 'expected every item once' };

const display = z.strictObject({
  name: texts(1, 35),
  description: texts(1, 140).optional(),
  background_color: z
    .string()
    .regex(/^#([0-9a-fA-F]{3}){1,2}$/, 'expected a colour like #abc or #a1b2c3')
    .optional(),
  long_description: texts(175, 4000).optional(),
});

const oauth = z.strictObject({
  redirect_urls: z.array(longest(2500)).max(1000).refine(distinct, once).optional(),
  scopes: z
    .strictObject({
      bot: z.array(scope).max(255).refine(distinct, once).optional(),
      bot_optional: z.array(scope).max(255).optional(),
      user: z.array(longest(50)).max(255).optional(),
      user_optional: z.array(longest(50)).max(255).optional(),
    })
    .optional(),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});

const settings = z.strictObject({
  allowed_ip_address_ranges: z
    .array(z.union([z.ipv4(), z.cidrv4()]))
    .min(1)
    .max(50)
    .refine(distinct, once)
    .optional(),
  event_subscriptions: z
    .strictObject({
      request_url: webAddress(3500).optional(),
      bot_events: z.array(event).max(100).refine(distinct, once).optional(),
      user_events: z.array(longest(50)).max(100).refine(distinct, once).optional(),
      metadata_subscriptions: z
        .array(z.strictObject({ app_id: z.string(), event_type: longest(50) }))
        .min(1)
        .max(20)
        .refine(distinct, once)
        .optional(),
    })
    .optional(),
  incoming_webhooks: z
    .strictObject({ incoming_webhooks_enabled: z.boolean().optional() })
    .optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: webAddress(3500).optional(),
      message_menu_options_url: webAddress(3500).optional(),
    })
    .optional(),
  org_deploy_enabled: z.boolean().optional(),
  socket_mode_enabled: z.boolean().optional(),
  token_rotation_enabled: z.boolean().optional(),
});

/**
 * The manifest as Slack's schema 2.0.0 has it, without what only apps hosted by Slack or listed in
 * its directory declare. Unknown keys are mistakes.
 */
export const schema = z.strictObject({
  $schema: z.url().optional(),
  _metadata: z
    .strictObject({
      schema_version: z.int().optional(),
      min_version: z.int().optional(),
      major_version: z.int().optional(),
      minor_version: z.int().optional(),
    })
    .optional(),
  display_information: display,
  features: features.optional(),
  oauth_config: oauth.optional(),
  settings: settings.optional(),
});
