import { z } from 'zod';
import { type Catalogue, targetsOf } from '../core/catalogue.ts';
import { messageOf } from '../core/errors.ts';
import { defineQuery, type QueryTools } from '../core/query.ts';
import type { Fact, Next } from '../core/report.ts';
import { type Target, targetName } from '../core/target.ts';
import { offered } from './offered.ts';
import { userParam } from './user/address.ts';
import { describeAccount, describePerson } from './user/describe.ts';

/** How long each system gets, in milliseconds. */
const patience = 5_000;

/** Runbook 000 "User Management": what each system says of one account, and what Gatehouse knows of the person. */
export const userShow = defineQuery({
  name: 'user show',
  summary: 'Shows one account: role, sign-in, sessions and what an offboarding took away.',
  examples: ['user show jane@example.com', 'user show jane@example.com rms-auth@prod'],
  aliases: ['user', 'whois'],
  risk: 'read-sensitive',
  aim: 'optional',
  operands: ['user'],
  runbook: '000 User Management',
  params: z.strictObject({ user: userParam }),

  async run({ user }, target, tools) {
    const places = target ? [target] : targetsOf(tools.catalogue);
    const [accounts, person] = await Promise.all([
      Promise.all(places.map((place) => factFor(user, place, tools))),
      personIn(places, user, tools),
    ]);
    const found = accounts.filter((fact) => fact !== null);
    return {
      title: `Account ${user}`,
      parts: [
        found.length > 0
          ? { kind: 'facts', facts: [...found, ...person] }
          : { kind: 'text', text: 'No system that was asked keeps accounts.' },
      ],
      next: target ? nextFor(user, target) : nextIn(tools.catalogue, user),
    };
  },
});

/** What one system says; null when it keeps no accounts. A system that does not answer is said so. */
async function factFor(user: string, target: Target, tools: QueryTools): Promise<Fact | null> {
  const { targets } = tools;
  const name = targetName(target);
  try {
    const value = await offered(targets, target, 'accounts', patience, async (accounts, signal) => {
      const [account, sessions] = await Promise.all([
        accounts.find(user, signal),
        targets.offer(target, 'sessions').then((offer) => offer?.count(user, signal) ?? null),
      ]);
      const near = account === null ? ((await accounts.similar?.(user, signal)) ?? []) : [];
      return describeAccount(account, sessions, tools.clock.now(), near);
    });
    return value === null ? null : { name, value };
  } catch (error) {
    return { name, value: `not known: ${messageOf(error)}` };
  }
}

/** Who it is in Gatehouse is the same for every system: the first one that can tell is asked. */
async function personIn(
  places: readonly Target[],
  user: string,
  { targets }: QueryTools,
): Promise<Fact[]> {
  const [first] = places;
  if (!first) return [];
  const name = 'in Gatehouse';
  try {
    const value = await offered(targets, first, 'membership', patience, (membership, signal) =>
      describePerson(user, membership, signal),
    );
    return value === null ? [] : [{ name, value }];
  } catch (error) {
    return [{ name, value: `not known: ${messageOf(error)}` }];
  }
}

const nextFor = (user: string, target: Target): Next[] => {
  const place = targetName(target);
  return [
    { label: 'Plan a sign-out', command: `plan sessions revoke ${user} ${place}` },
    { label: 'Plan a password reset', command: `plan password reset ${user} ${place}` },
    { label: 'Plan an offboarding', command: `plan user offboard ${user} ${place}` },
  ];
};

/** One button for each environment: an offboarding is hardly ever wanted from one system alone. */
const nextIn = (catalogue: Catalogue, user: string): Next[] =>
  [...new Set(targetsOf(catalogue).map(({ env }) => env))].map((env) => ({
    label: `Plan an offboarding from all of ${env}`,
    command: `plan user offboard ${user} all@${env}`,
  }));
