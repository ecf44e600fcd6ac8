import type { Plan } from '../../core/plan.ts';
import { everyService, type Target, targetName } from '../../core/target.ts';

/** A line, and the services of a plan for all that it is about; none when it is about no single one. */
export interface Placed {
  services: readonly string[];
  line: string;
}

/** Finds out of a text of a plan, such as `rust-auth: blocked now`, which services it is about. */
export type Placing = (text: string) => { services: readonly string[]; rest: string };

/** How the texts of this plan are placed: those of a plan for one target are about no other. */
export function placingIn({ target, facts }: Pick<Plan, 'target' | 'facts'>): Placing {
  const listed = facts.find(({ name }) => name === 'services')?.value.split(', ') ?? [];
  const all = target.service === everyService ? listed : [];
  const places = new Map<string, readonly string[]>(all.map((one) => [one, [one]]));
  places.set('every service', all);
  return (text) => {
    const end = all.length === 0 ? -1 : text.indexOf(': ');
    const services = places.get(text.slice(0, Math.max(end, 0)));
    if (services) return { services, rest: text.slice(end + 2) };
    return namedWithin(text, all, target) ?? { services: [], rest: text };
  };
}

/** What is about one of them and says so in its words: `End the sessions of jo in rust-auth@prod`. */
function namedWithin(text: string, all: readonly string[], { env }: Target) {
  const named = all.filter((service) => text.includes(targetName({ service, env })));
  const [service] = named;
  if (service === undefined || named.length > 1) return null;
  const place = [' of ', ' in ', ' from ', ' on '].map(
    (word) => word + targetName({ service, env }),
  );
  const said = place.find((words) => text.includes(words));
  return said === undefined ? null : { services: [service], rest: text.replace(said, '') };
}

/** Lines for people: what is the same on several services stands once, with their names. */
export function onceForAll(placed: readonly Placed[], { facts }: Pick<Plan, 'facts'>): string[] {
  const all = facts.find(({ name }) => name === 'services')?.value.split(', ').length ?? 0;
  const isSame = (one: Placed, other: Placed) => one.services.length > 0 && one.line === other.line;
  return placed.flatMap((one, index) => {
    if (placed.findIndex((other) => isSame(one, other)) < index && one.services.length > 0)
      return [];
    const services = placed.flatMap((other) => (isSame(one, other) ? other.services : []));
    return [`${one.line}${whereText(services, all)}`];
  });
}

const whereText = (services: readonly string[], all: number): string => {
  if (services.length === 0) return '';
  return services.length === all && all > 1 ? ` – on all ${all}` : ` – on ${services.join(', ')}`;
};
