import type { Run, RunState } from '../../src/core/run.ts';
import { drivers } from '../../src/targets/index.ts';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type FakeMachine, fakeMachines } from './fake-machines.ts';
import { type House, type HouseOptions, openHouse } from './house.ts';
import { memoryStore } from './memory-store.ts';
import { patience } from './patience.ts';
import { answersIn, type Person, textOf } from './person.ts';
import { approvals, runCatalogue } from './run-catalogue.ts';

/** A house whose services are machines of the test, and what stories about runs do in it. */
export interface RunHouse extends House {
  store: ReturnType<typeof memoryStore>;
  machine(service: string): FakeMachine;
  /** Asks for a restart as the first on-call engineer, or somebody else; answers the run's id. */
  request(service: string, reason?: string, as?: Person): Promise<string>;
  /** The run's card in the approvals channel, once it says that. */
  card(run: string, says?: string | RegExp): Promise<Message>;
  /** Every card of the run in the approvals channel. */
  cards(run: string): Promise<Message[]>;
  run(id: string): Promise<Run>;
  /** The run, once it is in that state. */
  reaches(id: string, state: RunState, ms?: number): Promise<Run>;
}

/** Opens one with these services. */
export async function openRunHouse(
  services: readonly string[],
  options: HouseOptions = {},
): Promise<RunHouse> {
  const machines = fakeMachines();
  const store = options.store ?? memoryStore({}, options.clock);
  const house = await openHouse({
    services: [],
    catalogue: () => runCatalogue(Object.fromEntries(services.map((name) => [name, { fake: {} }]))),
    openStore: async () => store,
    drivers: [...drivers, machines.driver],
    ...options,
  });
  const run = async (id: string) => {
    const found = await store.runs.find(id);
    if (!found) throw new Error(`There is no run ${id}.`);
    return found;
  };
  return { ...house, store, machine: machines.of, run, ...handsIn(house, run) };
}

function handsIn({ slack, person }: House, run: RunHouse['run']) {
  const watcher = people.onCall2;
  const isCard = (id: string) => (message: Message) =>
    message.channel === approvals && message.onlyFor === null && textOf(message).includes(id);
  const request: RunHouse['request'] = async (service, reason = 'memory leak', as) => {
    const asking = as ?? person(people.onCall1);
    const typed = `restart ${service}@prod --reason "${reason}"`;
    return runIdIn(await toldAlone(asking, () => asking.types(typed)));
  };
  const card: RunHouse['card'] = (id, says = '') =>
    slack.waitFor(watcher, (seen) =>
      answersIn(seen).find((one) => isCard(id)(one) && textOf(one).search(says) >= 0),
    );
  return {
    request,
    card,
    cards: async (id: string) => answersIn(await slack.look(watcher)).filter(isCard(id)),
    async reaches(id: string, state: RunState, ms = patience) {
      for (const end = performance.now() + ms; ; await pause()) {
        const now = await run(id);
        if (now.state === state) return now;
        if (performance.now() > end) throw new Error(`${id} is ${now.state}: ${now.why}`);
      }
    },
  };
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

/** What somebody is told and nobody else, because of `doing`. */
export const toldAlone = (person: Person, doing: () => Promise<unknown>): Promise<Message> =>
  person.hears(doing, ({ onlyFor }) => onlyFor === person.id);

/** What somebody is told who presses that button. */
export const pressing = (person: Person, on: Message, label: string): Promise<Message> =>
  toldAlone(person, () => person.clicks(on, label));

/** The id of the run that an answer speaks of. */
export function runIdIn(message: Message): string {
  const [id] = /R-[0-9A-F]{6}/.exec(textOf(message)) ?? [];
  if (!id) throw new Error(`No run was asked for: ${textOf(message)}`);
  return id;
}
