import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Incident } from '../../src/core/incident.ts';
import { channels, people } from '../../workspace/people.ts';
import type { Block, Message, View } from '../../workspace/protocol.ts';
import type { HouseOptions } from './house.ts';
import { patience } from './patience.ts';
import { answersIn, keyOf, type Person, textOf } from './person.ts';
import { runCatalogue } from './run-catalogue.ts';
import { openRunHouse, type RunHouse } from './run-house.ts';

/** A house with incidents, and what stories about them do in it. */
export interface IncidentHouse extends RunHouse {
  /** Declares one by typing, and waits until its card stands in its channel. */
  declares(person: Person, typed: string): Promise<{ id: string; channel: string; card: Message }>;
  /** The incident, once that is so. */
  incident(id: string, wanted?: (incident: Incident) => boolean): Promise<Incident>;
  /** Its card in its channel, once it says that. */
  incidentCard(id: string, says?: string | RegExp, as?: Person): Promise<Message>;
  /** A message of Gatehouse that somebody sees, once there is one that says that. */
  sees(person: Person, says: RegExp, where?: string): Promise<Message>;
  /** Chooses from a select of a message by the words of its option. */
  chooses(person: Person, on: Message, option: string): Promise<void>;
  /** The form that somebody sees, once it has that title. */
  form(person: Person, title: string): Promise<View>;
  /** Fills a form in, over what stands in it, and sends it. */
  sends(
    person: Person,
    form: View,
    values: Record<string, string | string[] | null>,
  ): Promise<void>;
}

/** Opens one with these services. */
export async function openIncidentHouse(
  services: readonly string[] = ['rms-auth', 'rust-auth'],
  options: HouseOptions = {},
  more: Record<string, unknown> = {},
): Promise<IncidentHouse> {
  const house = await openRunHouse(services, {
    catalogue: () => catalogue(services, more),
    ...options,
  });
  return { ...house, ...handsIn(house) };
}

const catalogue = (services: readonly string[], more: Record<string, unknown>): string => {
  const runs = parse(
    runCatalogue(Object.fromEntries(services.map((name) => [name, { fake: {} }]))),
  );
  return stringify({
    ...runs,
    channels: { ...runs.channels, incidents: channels.incidents },
    incidents: {
      stakeholders: channels.general,
      contacts: {
        primary: { who: `user:${people.onCall1}` },
        secondary: { who: `user:${people.onCall2}` },
        ciso: { who: `user:${people.security}` },
      },
    },
    ...more,
  });
};

function handsIn({ slack, store, person }: RunHouse) {
  const incident: IncidentHouse['incident'] = async (id, wanted = () => true) => {
    for (const end = performance.now() + patience; ; await pause()) {
      const found = (await store.incidents.find(id))?.incident;
      if (found && wanted(found)) return found;
      if (performance.now() > end) throw new Error(`${id} is ${JSON.stringify(found)}`);
    }
  };
  const sees: IncidentHouse['sees'] = (who, says, where) =>
    slack.waitFor(who.id, (seen) =>
      answersIn(seen).find(
        (one) => says.test(textOf(one)) && (where === undefined || one.channel === where),
      ),
    );
  const incidentCard: IncidentHouse['incidentCard'] = async (id, says = '', as) => {
    const { channel } = await incident(id, (one) => one.channel !== null);
    const watcher = as ?? person(people.onCall1);
    return slack.waitFor(watcher.id, (seen) =>
      answersIn(seen).find(
        (one) => one.channel === channel?.id && isCard(one) && textOf(one).search(says) >= 0,
      ),
    );
  };
  return {
    incident,
    sees,
    incidentCard,
    async declares(who: Person, typed: string) {
      const told = await who.hears(
        () => who.types(`incident start ${typed} --another`),
        (one) => one.onlyFor === who.id && /is declared/.test(textOf(one)),
      );
      const [id = ''] = /INC-\d+/.exec(textOf(told)) ?? [];
      const { channel } = await incident(id, (one) => one.setup.pin.kind === 'done');
      return { id, channel: channel?.id ?? '', card: await incidentCard(id, '', who) };
    },
    async chooses(who: Person, on: Message, option: string) {
      const message = { channel: on.channel, ts: on.ts };
      const choose = ({ blocks }: Message) =>
        slack.act({ as: who.id, ...optionIn(blocks, option), message });
      let outcome = await choose(on);
      // It was drawn anew in between: whoever sees it chooses from what is there now.
      if (outcome.error === 'element_not_found') {
        const { messages } = await who.sees();
        outcome = await choose(messages.find((one) => keyOf(one) === keyOf(on)) ?? on);
      }
      expect(outcome).toMatchObject({ ok: true, error: null });
    },
    form: (who: Person, title: string) =>
      slack.waitFor(who.id, ({ modals }) => modals.find((one) => one.title === title)),
    async sends(who: Person, form: View, values: Record<string, string | string[] | null>) {
      const state = Object.fromEntries(
        Object.entries({ ...initialIn(form.blocks), ...values }).map(([id, value]) => [
          id,
          { [id]: value },
        ]),
      );
      const outcome = await slack.submit({ as: who.id, view: form.id, values: state });
      expect(outcome).toMatchObject({ ok: true, error: null });
    },
  };
}

const isCard = ({ blocks }: Message): boolean => blocks[0]?.type === 'header';
const pause = () => new Promise((resolve) => setTimeout(resolve, 15));

interface Element {
  type?: string;
  action_id?: string;
  options?: { value: string; text: { text: string } }[];
  initial_option?: { value: string };
  initial_options?: { value: string }[];
  initial_value?: string;
  initial_user?: string;
  initial_date_time?: number;
}

/** What stands in a form before anybody has filled anything in. */
function initialIn(blocks: readonly Block[]): Record<string, string | string[] | null> {
  const found: Record<string, string | string[] | null> = {};
  for (const block of blocks) {
    if (block.type !== 'input') continue;
    const one = block.element as Element;
    const seconds = one.initial_date_time;
    found[String(block.block_id)] =
      one.type === 'checkboxes'
        ? (one.initial_options ?? []).map(({ value }) => value)
        : (one.initial_option?.value ??
          one.initial_value ??
          one.initial_user ??
          (seconds === undefined ? null : String(seconds)));
  }
  return found;
}

function optionIn(blocks: readonly Block[], option: string) {
  for (const block of blocks) {
    for (const element of (block.elements as Element[] | undefined) ?? []) {
      const found = element.options?.find(({ text }) => text.text === option);
      if (!found) continue;
      return {
        blockId: block.block_id ?? '',
        actionId: element.action_id ?? '',
        value: found.value,
      };
    }
  }
  throw new Error(`There is no option ${option}.`);
}
