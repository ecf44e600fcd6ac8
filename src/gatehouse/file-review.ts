import type { SlackClient } from '../bot/calling/slack-client.ts';
import { shareFile } from '../bot/share-file.ts';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Reviews } from '../handlers/incidents/incident-tools.ts';
import { channelMention } from '../views/text/mention.ts';

/** Puts the file of a review where the people of the incident find it. */
export const fileReview =
  (client: SlackClient, log: Log): Reviews['file'] =>
  async ({ id, channel }, person, { name, content }) => {
    const comment = `The review of ${id}`;
    try {
      if (channel?.lost === null) {
        await shareFile(client, channel.id, { name, content, comment });
        return channelMention(channel.id);
      }
      const opened = await client.api.conversations.open({ users: person });
      const direct = opened.channel?.id;
      if (!direct) throw new Error('Slack opened no direct messages with the person');
      await shareFile(client, direct, { name, content, comment });
      return 'your direct messages';
    } catch (error) {
      log.warn({ incident: id, why: messageOf(error) }, 'The file of a review was not uploaded');
      return null;
    }
  };
