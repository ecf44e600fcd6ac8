/** The workspace itself, and the one that the external partner belongs to. */
export const team = {
  id: 'T07GATEHSE1',
  name: 'Authentication team',
  domain: 'auth-team',
} as const;

/** The team of the external partner, who shares #incidents through Slack Connect. */
export const partnerTeam = 'T09PARTNER1';

/** The installed app, its bot and the user that the bot posts as. */
export const app = { id: 'A07GATEHSE1', botId: 'B07GATEHSE1', botUser: 'U07GATEHSE1' } as const;

/** Who says that a command failed. */
export const slackbot = 'USLACKBOT';

/** The people, by role. These ids never change, so a catalogue may name them. */
export const people = {
  onCall1: 'U07ONCALL01',
  onCall2: 'U07ONCALL02',
  manager1: 'U07MANAGE01',
  manager2: 'U07MANAGE02',
  security: 'U07SECURE01',
  helpdesk: 'U07HELPDS01',
  viewer: 'U07VIEWER01',
  auditor: 'U07AUDITR01',
  guest: 'U07GUEST001',
  deactivated: 'U07DEACTV01',
  external: 'U09EXTERN01',
} as const;

/** The user groups, by handle. */
export const groups = {
  oncall: 'S07ONCALL01',
  managers: 'S07MANAGE01',
  security: 'S07SECURE01',
  helpdesk: 'S07HELPDS01',
  viewers: 'S07VIEWER01',
  auditors: 'S07AUDITR01',
} as const;

/** The channels that exist from the start. */
export const channels = {
  general: 'C07GENERAL1',
  authOps: 'C07AUTHOPS1',
  incidents: 'C07INCIDNT1',
  security: 'C07SECURTY1',
} as const;

/** The direct message between a person and the app. */
export const directMessage = (user: string): string => `D${user.slice(1)}`;
