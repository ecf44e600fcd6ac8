import { type SlackStub, startSlackStub, team } from './slack-stub.ts';

/** Where requests for approval are shown. */
export const approvals = 'C0APPROVALS';

/** The group of everybody who may approve. */
export const leadsGroup = 'S0LEADS';

/** An Approve button that stands in the approvals channel. */
export interface Card {
  ts: string;
  /** What the button carries. */
  value: string;
}

/** A Slack with a crowd in it, which keeps the cards that are posted. */
export interface Crowd extends SlackStub {
  /** Resolves with this many cards, one of each run, once they are there. */
  cards(count: number): Promise<readonly Card[]>;
}

/** Starts it; `leads` are the user ids of everybody in the group. */
export async function startCrowd(leads: readonly string[]): Promise<Crowd> {
  const cards: Card[] = [];
  let posted = 0;
  let arrived = () => {};
  const slack = await startSlackStub((method, params) => {
    const id = params.get('user') ?? '';
    const channel = params.get('channel') ?? '';
    switch (method) {
      case 'users.info':
        return { user: { ...member, id } };
      case 'usergroups.users.list':
        return { users: params.get('usergroup') === leadsGroup ? leads : [] };
      case 'conversations.open':
        return { channel: { id: `D${params.get('users')}` } };
      case 'chat.postMessage': {
        const ts = `1700000000.${String(++posted).padStart(6, '0')}`;
        const value = approveIn(params.get('blocks') ?? '');
        if (channel === approvals && value) cards.push({ ts, value });
        arrived();
        return { channel, ts };
      }
    }
    return undefined;
  });
  return {
    ...slack,
    async cards(count) {
      while (cards.length < count)
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      return cards;
    },
  };
}

const member = {
  team_id: team,
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
};

/** What the Approve button among these blocks carries; undefined when there is none. */
function approveIn(blocks: string): string | undefined {
  if (!blocks.includes('run:approve')) return undefined;
  const all: { elements?: { action_id?: string; value?: string }[] }[] = JSON.parse(blocks);
  return all
    .flatMap(({ elements = [] }) => elements)
    .find(({ action_id }) => action_id === 'run:approve')?.value;
}
