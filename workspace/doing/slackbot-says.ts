import { slackbot } from '../people.ts';
import { post } from '../slack/messages.ts';
import type { Workspace } from '../workspace.ts';

/** Something that only one person is told, by Slackbot. */
export const slackbotSays = (
  workspace: Workspace,
  to: { user: string; channel: string; threadTs?: string | null },
  text: string,
): void => {
  post(workspace, {
    channel: to.channel,
    user: slackbot,
    text,
    threadTs: to.threadTs ?? null,
    onlyFor: to.user,
    fromSlackbot: true,
  });
};
