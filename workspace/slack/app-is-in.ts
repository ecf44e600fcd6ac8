import { app } from '../people.ts';
import type { Channel } from '../protocol.ts';

/** Whether the app is in the channel. */
export const appIsIn = ({ members }: Pick<Channel, 'members'>): boolean =>
  members.includes(app.botUser);
