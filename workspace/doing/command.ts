import type { Args } from '../http/read-arguments.ts';
import { ApiError } from '../methods/method.ts';
import { commandPayload } from '../payloads/command.ts';
import type { Outcome } from '../protocol.ts';
import { respond } from '../slack/respond.ts';
import { responsePath } from '../slack/response-urls.ts';
import type { ResponseUrl, StoredChannel, StoredMember } from '../state/world.ts';
import type { Workspace } from '../workspace.ts';
import { done, outcomeOf } from './doing.ts';
import { createMarkup, escapeText } from './markup.ts';
import { slackbotSays } from './slackbot-says.ts';

/** Runs what begins with a slash: the app's command, or what Slack says instead. */
export async function command(
  workspace: Workspace,
  user: StoredMember,
  channel: StoredChannel,
  text: string,
  threadTs: string | null,
): Promise<Outcome> {
  const [name = '', ...rest] = text.split(/(?<=^\S+)\s+/);
  const say = (line: string) =>
    slackbotSays(workspace, { user: user.id, channel: channel.id, threadTs }, line);
  const known = workspace.manifest.commands.find((other) => other.command === name.toLowerCase());
  if (!known) {
    say(
      `\`${escapeText(name)}\` is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.\nIf you are trying to send a message and not run a command, try preceding the "/" with an empty space.`,
    );
    return done;
  }
  if (threadTs !== null) {
    say(`\`${known.command}\` is not supported in threads. Sorry!`);
    return done;
  }
  const typed = rest.join(' ').trimEnd();
  const words = known.shouldEscape ? createMarkup(workspace.world, user.id).command(typed) : typed;
  return deliver(workspace, user, channel, known.command, words, say);
}

async function deliver(
  workspace: Workspace,
  user: StoredMember,
  channel: StoredChannel,
  name: string,
  text: string,
  say: (line: string) => void,
): Promise<Outcome> {
  const { responses, triggers, verification } = workspace;
  const address = responses.make({ user: user.id, channel: channel.id, original: null });
  const payload = commandPayload({
    user,
    channel,
    command: name,
    text,
    responseUrl: `${workspace.url()}${responsePath(address)}`,
    triggerId: triggers.make({ user: user.id, view: null }),
    verification,
  });
  const ack = await workspace.deliver({
    kind: 'slash_commands',
    what: `slash_commands ${name}`,
    payload,
  });
  if (!ack.ok) say(`${name} failed with the error "${ack.error}"`);
  else if (hasContent(ack.body)) answer(workspace, address, ack.body, say, name);
  return outcomeOf(ack);
}

const hasContent = (body: unknown): body is Args =>
  typeof body === 'object' && body !== null && ('text' in body || 'blocks' in body);

/** An acknowledgement may carry the first answer. */
function answer(
  workspace: Workspace,
  address: ResponseUrl,
  body: Args,
  say: (line: string) => void,
  name: string,
): void {
  try {
    respond(workspace, address, body);
    address.uses -= 1;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(`${name} failed with the error "invalid_command_response" (${error.error})`);
  }
}
