import { app } from '../people.ts';
import { fileShape } from '../shapes/file.ts';
import { findMessage, post } from '../slack/messages.ts';
import { mimeOf } from '../slack/mime.ts';
import type { StoredFile } from '../state/world.ts';
import { jsonOf, listOf, required, textOf } from './arguments.ts';
import { ownChannelOf } from './channel-of.ts';
import { ApiError, type Call, type Methods } from './method.ts';

/**
 * Files in three steps: ask for an address, send the bytes there, say that they are complete (and where
 * to share them, if anywhere). What kind of file it is `files.info` knows a moment later.
 */
export const files: Methods = {
  'files.getUploadURLExternal': ({ args, workspace }) => {
    const name = required(args, 'filename');
    const size = Number(required(args, 'length'));
    if (!Number.isInteger(size) || size < 1) throw new ApiError('invalid_arguments');
    const id = workspace.ids.id('F');
    const url = `/files/${id}/${encodeURIComponent(name)}`;
    const created = Math.floor(workspace.chance.now() / 1000);
    const known = { id, name, title: name, mimetype: mimeOf(name), size, url, created };
    const file: StoredFile = { ...known, user: app.botUser, uploaded: false, channels: [] };
    workspace.world.files.push(file);
    workspace.changed();
    const upload_url = `${workspace.url()}/upload/${workspace.uploads.make(id)}`;
    return { upload_url, file_id: id };
  },

  'files.completeUploadExternal': (call) => {
    const { args, workspace } = call;
    const shared = sharedFiles(call);
    const channels = [...listOf(args, 'channel_id'), ...listOf(args, 'channels')].map(
      (channel) => ownChannelOf({ ...call, args: { channel } }).id,
    );
    for (const channel of channels) share(call, channel, shared);
    workspace.changed();
    for (const { id } of shared) workspace.uploads.examine(id, workspace.faults.fileMs);
    return { files: shared.map((file) => fileShape(file, workspace.url(), false)) };
  },

  'files.info': ({ args, workspace }) => {
    const id = required(args, 'file');
    const file = workspace.world.files.find((other) => other.id === id);
    if (!file?.uploaded) throw new ApiError('file_not_found');
    const shape = fileShape(file, workspace.url(), !workspace.uploads.examining(id));
    return { file: shape, comments: [], response_metadata: { next_cursor: '' } };
  },
};

function sharedFiles({ args, workspace }: Call): StoredFile[] {
  const given = jsonOf(args, 'files');
  if (!Array.isArray(given) || given.length === 0) throw new ApiError('invalid_arguments');
  return given.map((item) => {
    const { id, title } = Object(item) as { id?: unknown; title?: unknown };
    const file = workspace.world.files.find((other) => other.id === id);
    if (!file?.uploaded) throw new ApiError('file_not_found');
    if (typeof title === 'string' && title !== '') file.title = title;
    return file;
  });
}

function share({ args, workspace }: Call, channel: string, shared: StoredFile[]): void {
  const thread = textOf(args, 'thread_ts');
  const first = thread === '' ? undefined : findMessage(workspace, channel, thread);
  for (const file of shared) file.channels = [...new Set([...file.channels, channel])];
  post(workspace, {
    channel,
    text: textOf(args, 'initial_comment'),
    threadTs: first ? (first.threadTs ?? first.ts) : null,
    files: shared.map(({ id, name, title, mimetype, size, url }) => ({
      id,
      name,
      title,
      mimetype,
      size,
      url,
    })),
  });
}
