import { z } from 'zod';
import { longest, texts, webAddress } from './words.ts';

const slashCommand = z.strictObject({
  command: texts(2, 32).regex(/^\//, 'expected a command that starts with /'),
  description: texts(1, 2000),
  usage_hint: texts(1, 1000).optional(),
  url: webAddress(3000).optional(),
  should_escape: z.boolean().optional(),
});

const shortcut = z.strictObject({
  name: texts(1, 24),
  type: z.enum(['message', 'global']),
  callback_id: texts(1, 255),
  description: texts(1, 150),
});

const prompt = z.strictObject({ title: z.string(), message: z.string() });

/** What people see of the app: its Home tab, its bot, its commands and shortcuts. */
export const features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: z.boolean().optional(),
      messages_tab_enabled: z.boolean().optional(),
      messages_tab_read_only_enabled: z.boolean().optional(),
    })
    .optional(),
  bot_user: z
    .strictObject({ display_name: texts(1, 80), always_online: z.boolean().optional() })
    .optional(),
  shortcuts: z.array(shortcut).min(1).max(10).optional(),
  slash_commands: z.array(slashCommand).min(1).max(50).optional(),
  unfurl_domains: z
    .array(longest(255).regex(/^(?![.-])[-a-z0-9.]+[a-z0-9]$/, 'expected a domain name'))
    .min(1)
    .max(5)
    .optional(),
  workflow_steps: z
    .array(z.strictObject({ name: texts(1, 50), callback_id: texts(1, 50) }))
    .min(1)
    .max(10)
    .optional(),
  assistant_view: z
    .strictObject({
      assistant_description: z.string(),
      suggested_prompts: z.array(prompt).optional(),
    })
    .optional(),
  agent_view: z
    .strictObject({
      agent_description: longest(300).optional(),
      suggested_prompts: z.array(prompt).max(4).optional(),
      actions: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
    })
    .optional(),
});
