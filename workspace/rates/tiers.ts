/** An allowance: how many calls come back per minute, and how many may come at once. */
export interface Allowance {
  perMinute: number;
  burst: number;
}

const tier = (perMinute: number): Allowance => ({ perMinute, burst: perMinute });

/** Slack's tiers: at least so many calls per minute, method and workspace. */
const tiers = [tier(1), tier(20), tier(50), tier(100)] as const;

/** Slack names no figure for these, only that they take hundreds. */
const hundreds = tier(600);

const two = tiers[1];
const three = tiers[2];
const four = tiers[3];

/** A channel takes one message a second, and a few at once. */
export const perChannel: Allowance = { perMinute: 60, burst: 5 };

/** What a method that is not in the table gets. */
export const usual: Allowance = three;

/**
 * The allowance of each method, as Slack publishes its tiers. `apps.connections.open` is in tier 1 by
 * one of Slack's lists and in tier 3 by its page; with tier 1 no app could open two sockets.
 */
export const allowances: Readonly<Record<string, Allowance>> = {
  'api.test': four,
  'apps.connections.open': three,
  'auth.test': hundreds,
  'bookmarks.add': two,
  'bookmarks.edit': two,
  'bookmarks.list': three,
  'bookmarks.remove': two,
  'chat.delete': three,
  'chat.getPermalink': hundreds,
  'chat.postEphemeral': four,
  'chat.postMessage': tier(300),
  'chat.update': three,
  'conversations.archive': two,
  'conversations.close': two,
  'conversations.create': two,
  'conversations.history': three,
  'conversations.info': three,
  'conversations.invite': three,
  'conversations.join': three,
  'conversations.kick': three,
  'conversations.leave': three,
  'conversations.list': two,
  'conversations.members': four,
  'conversations.open': three,
  'conversations.rename': two,
  'conversations.replies': three,
  'conversations.setPurpose': two,
  'conversations.setTopic': two,
  'conversations.unarchive': two,
  'files.completeUploadExternal': four,
  'files.delete': three,
  'files.getUploadURLExternal': four,
  'files.info': four,
  'files.list': three,
  'pins.add': two,
  'pins.list': two,
  'pins.remove': two,
  'reactions.add': three,
  'reactions.get': three,
  'reactions.list': two,
  'reactions.remove': two,
  'team.info': three,
  'usergroups.list': two,
  'usergroups.users.list': two,
  'users.conversations': two,
  'users.info': four,
  'users.list': two,
  'users.lookupByEmail': three,
  'views.open': four,
  'views.publish': four,
  'views.push': four,
  'views.update': four,
};
