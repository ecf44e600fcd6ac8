import { code } from './code.ts';

/** Somebody by their Slack user id, shown by name; whatever is no such id is shown as it is. */
export const mention = (id: string): string =>
  /^[UW][A-Z0-9]{1,20}$/.test(id) ? `<@${id}>` : code(id, 60);

/** A channel by its id, shown by name. */
export const channelMention = (id: string): string =>
  /^[CG][A-Z0-9]{1,20}$/.test(id) ? `<#${id}>` : code(id, 60);
