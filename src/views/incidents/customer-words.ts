import type { Incident } from '../../core/incident.ts';

/**
 * What customers' people can read of an incident without learning anything that helps nobody outside: no service,
 * no cause, no names. It is a suggestion; communications approve what is sent.
 */
export function customerWords({ impact, state }: Pick<Incident, 'impact' | 'state'>): string {
  const ways = impact.filter((one) => one === 'password' || one === 'oauth');
  const [way] = ways;
  const how =
    ways.length !== 1 || way === undefined
      ? 'Sign-in'
      : way === 'password'
        ? 'Sign-in with a password'
        : 'Sign-in with another account';
  const who = impact.includes('one-tenant') ? ' for some customers' : '';
  return `${how}${who} ${isBack.includes(state) ? 'did' : 'does'} not work as it should. ${doing[state]}`;
}

/** When people can sign in again, or could all the time. */
const isBack: readonly Incident['state'][] = ['monitoring', 'resolved', 'closed', 'cancelled'];

const doing: Readonly<Record<Incident['state'], string>> = {
  triage: 'We are looking into it.',
  investigating: 'We are looking into it.',
  identified: 'We know the cause and are working on it.',
  mitigating: 'We are putting it right.',
  monitoring: 'It should work again; we are watching it.',
  resolved: 'It works again.',
  closed: 'It works again.',
  cancelled: 'It works.',
};
