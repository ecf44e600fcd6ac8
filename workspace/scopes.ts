const manage = ['channels:manage', 'groups:write', 'im:write', 'mpim:write'];
const invite = [
  'channels:manage',
  'groups:write',
  'channels:write.invites',
  'groups:write.invites',
];
const read = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];
const history = ['channels:history', 'groups:history', 'im:history', 'mpim:history'];
const topic = [
  ...manage,
  'channels:write.topic',
  'groups:write.topic',
  'im:write.topic',
  'mpim:write.topic',
];

/**
 * The scopes of which a token must have one to call a method, by method. Several stand where Slack
 * asks by kind of conversation (public, private, direct, group) or has a narrower scope as well. An
 * empty list needs no scope. `apps.connections.open` asks an app-level token for it.
 */
export const scopes: Readonly<Record<string, readonly string[]>> = {
  'api.test': [],
  'apps.connections.open': ['connections:write'],
  'auth.test': [],
  'bookmarks.add': ['bookmarks:write'],
  'bookmarks.edit': ['bookmarks:write'],
  'bookmarks.list': ['bookmarks:read'],
  'bookmarks.remove': ['bookmarks:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.archive': manage,
  'conversations.close': manage,
  'conversations.create': manage,
  'conversations.history': history,
  'conversations.info': read,
  'conversations.invite': invite,
  'conversations.join': ['channels:join'],
  'conversations.kick': manage,
  'conversations.leave': manage,
  'conversations.list': read,
  'conversations.members': read,
  'conversations.open': ['im:write', 'mpim:write', 'channels:manage', 'groups:write'],
  'conversations.rename': manage,
  'conversations.replies': history,
  'conversations.setPurpose': topic,
  'conversations.setTopic': topic,
  'conversations.unarchive': manage,
  'files.completeUploadExternal': ['files:write'],
  'files.delete': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'files.list': ['files:read'],
  'pins.add': ['pins:write'],
  'pins.list': ['pins:read'],
  'pins.remove': ['pins:write'],
  'reactions.add': ['reactions:write'],
  'reactions.get': ['reactions:read'],
  'reactions.list': ['reactions:read'],
  'reactions.remove': ['reactions:write'],
  'team.info': ['team:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.conversations': read,
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};
