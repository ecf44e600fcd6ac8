import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';
import { createCopies } from './copies.ts';

/** Who in Slack has an address: the user id; null for nobody. */
export type FindByAddress = (address: string) => Promise<string | null>;

/** What is needed to ask. */
export interface AddressOptions {
  api: Pick<WebClient, 'users'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** A plan for all services asks for the same person several times within a moment. */
const ages = { fresh: 30_000, stale: 30_000, patience: 400 };
/** How long Slack may take, in milliseconds. */
const patience = 2_500;

/** Looks people up by their address. It throws when Slack does not say. */
export function findByAddress({ api, clock }: AddressOptions): FindByAddress {
  const copies = createCopies({ ...ages, clock, ask: (email) => userWith(api, email) });
  return (address) => within(patience, () => copies.get(address.toLowerCase()));
}

async function userWith(api: AddressOptions['api'], email: string): Promise<string | null> {
  try {
    const { user } = await api.users.lookupByEmail({ email });
    if (!user?.id) throw new Error('Slack’s answer about an address cannot be read');
    return user.id;
  } catch (error) {
    const isNobody = error instanceof WebAPIPlatformError && error.data.error === 'users_not_found';
    if (isNobody) return null;
    throw error;
  }
}
