/**
 * What a locked telephone shows of a message about security: which incident it is about and what kind of message
 * it is, and nothing of what anybody wrote. Everything else stands in the blocks, for whoever opens Slack.
 */
export const lockedText = (id: string, what: string): string =>
  `${id}, about security: ${what}. Open Slack to read it.`;
