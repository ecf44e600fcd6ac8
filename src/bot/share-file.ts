import type { SlackClient } from './calling/slack-client.ts';

/** A text file, and what is said with it. */
export interface SharedFile {
  name: string;
  content: string;
  comment: string;
}

/**
 * Puts a text file into a channel; what leaves is redacted. Done again it is there again.
 *
 * @throws whatever Slack says.
 */
export async function shareFile(
  { api, post, redact }: SlackClient,
  channel: string,
  file: SharedFile,
): Promise<void> {
  const content = redact(file.content);
  const length = Buffer.byteLength(content);
  const given = await api.files.getUploadURLExternal({ filename: file.name, length });
  const { upload_url, file_id } = given;
  if (!upload_url || !file_id) throw new Error('Slack gave no address to upload the file to');
  await post(upload_url, content);
  await api.files.completeUploadExternal({
    files: [{ id: file_id, title: file.name }],
    channel_id: channel,
    initial_comment: file.comment,
  });
}
