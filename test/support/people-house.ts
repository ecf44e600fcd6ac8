import { readFileSync } from 'node:fs';
import { flavours } from '../../demo/systems/index.ts';
import { people } from '../../workspace/people.ts';
import { type RunningDemo, runDemo } from './demo.ts';
import { type House, openHouse } from './house.ts';
import { memoryStore } from './memory-store.ts';
import { patience } from './patience.ts';
import { type Person, textOf } from './person.ts';
import { runIdIn, toldAlone } from './run-house.ts';

/** A system's own view of an account. */
export interface DemoAccount {
  email: string;
  role: string;
  enabled: boolean;
  must_reset_password: boolean;
}

/** The five systems of the demo with Gatehouse in front of them, in the test's own process. */
export interface PeopleHouse extends House {
  demo: RunningDemo;
  store: ReturnType<typeof memoryStore>;
  /** Signs in as anybody would: the status, and the tokens that came. */
  signIn(system: string, email: string): Promise<{ status: number; token: string }>;
  /** What a system answers to somebody who comes with a token that it gave them. */
  profile(system: string, token: string): Promise<number>;
  accounts(system: string): Promise<Map<string, DemoAccount>>;
  /** Asks for something, and answers the run's id. */
  request(as: Person, typed: string): Promise<string>;
  /** What somebody is told who types that. */
  says(as: Person, typed: string): Promise<string>;
  /** Has it approved by these people, as the card says it has to be, and waits for its end. */
  approve(run: string, ...by: Person[]): Promise<string>;
}

/** Opens it, with another configuration file where one is given; close it when the stories are over. */
export async function openPeopleHouse(
  catalogue: (written: string) => string = (written) => written,
): Promise<PeopleHouse> {
  const demo = await runDemo();
  const store = memoryStore();
  const house = await openHouse({
    services: [],
    catalogue: () => catalogue(readFileSync(demo.config, 'utf8')),
    openStore: async () => store,
  });
  return {
    ...house,
    ...asTheWorldSees(demo),
    ...handsIn(store),
    demo,
    store,
    async close() {
      await house.close();
      await demo.stop();
    },
  };
}

function asTheWorldSees(demo: RunningDemo) {
  const pathsOf = (system: string) => {
    const found = flavours.find(({ name }) => name === system);
    if (!found) throw new Error(`There is no system ${system}.`);
    return found.paths;
  };
  return {
    async signIn(system: string, email: string) {
      const body = { email, password: email.split('@')[0] };
      const { status, json } = await demo.ask(system, pathsOf(system).login, {
        method: 'POST',
        from: '198.51.100.77',
        body,
      });
      return { status, token: String(json?.access_token) };
    },
    async profile(system: string, token: string) {
      return (await demo.ask(system, pathsOf(system).profile, { bearer: token })).status;
    },
    async accounts(system: string) {
      const { json } = await demo.admin(system, 'GET', '/admin/users?limit=500');
      const all = json.users as DemoAccount[];
      return new Map(
        all.map(({ email, role, enabled, must_reset_password }) => [
          email,
          { email, role, enabled, must_reset_password },
        ]),
      );
    },
  };
}

function handsIn(store: ReturnType<typeof memoryStore>) {
  const says = async (as: Person, typed: string) =>
    textOf(await toldAlone(as, () => as.types(typed)));
  const ended = async (id: string): Promise<string> => {
    for (const end = performance.now() + patience; ; await pause()) {
      const run = await store.runs.find(id);
      if (run && !['approved', 'claimed', 'executing', 'verifying'].includes(run.state)) {
        return run.state === 'succeeded' ? run.state : `${run.state}: ${run.why}`;
      }
      if (performance.now() > end) throw new Error(`${id} is still ${run?.state}`);
    }
  };
  return {
    says,
    request: async (as: Person, typed: string) =>
      runIdIn(await toldAlone(as, () => as.types(typed))),
    async approve(id: string, ...by: Person[]) {
      const run = await store.runs.find(id);
      const target = run?.approval?.typedTarget
        ? ` --target ${run.target.service}@${run.target.env}`
        : '';
      for (const one of by) {
        const told = await says(one, `approve ${id}${target}`);
        if (!told.includes('Your approval is recorded')) throw new Error(told);
      }
      return ended(id);
    },
  };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

/** The people of these stories. */
export const castOf = ({ person }: Pick<House, 'person'>) => ({
  engineer: person(people.onCall1),
  other: person(people.onCall2),
  manager: person(people.manager1),
  second: person(people.manager2),
  security: person(people.security),
});
