import { within } from '../../core/deadline.ts';
import { targetName } from '../../core/target.ts';
import { type Card, cardMessage } from '../../views/card.ts';
import { incidentCard } from '../../views/incidents/incident-card.ts';
import type { Asking } from '../command.ts';
import type { IncidentTools } from '../incidents/incident-tools.ts';
import { readStop } from '../runs/read-stop.ts';
import type { RunTools } from '../runs/run-tools.ts';
import { byGroup, startButtons, usable } from '../usable.ts';

/** The answer to the command without any text: what one may do, and buttons to start with. */
export async function showCard(
  asking: Omit<Asking, 'catalogue'>,
  running: Pick<RunTools, 'killSwitch'> | undefined,
  incidents: Pick<IncidentTools, 'life' | 'matter'> | undefined,
): Promise<void> {
  const here = incidents && (await incidentHere(asking, incidents));
  if (here) return asking.show(({ one, matter }) => incidentCard(one, matter), here);
  const stop = running ? await readStop(running) : null;
  await asking.show(cardMessage, { ...cardOf(asking), stop });
}

/** How long the card waits for the database, in milliseconds: what it is asked for needs none. */
const patience = 400;

/** The incident of the channel, in which its card is what one wants to see; nothing when it cannot be read. */
async function incidentHere(
  { place }: Pick<Asking, 'place'>,
  { life, matter }: Pick<IncidentTools, 'life' | 'matter'>,
) {
  try {
    const one = place && (await within(patience, () => life.inChannel(place.channel)));
    return one && { one, matter: await matter(one, null) };
  } catch {
    return null;
  }
}

function cardOf({ person, setting }: Pick<Asking, 'person' | 'setting'>): Card {
  const { registry, catalogue, rights } = setting;
  const commands = usable(registry, rights);
  const reach = commands.flatMap((command) => rights.reach(command)).map(targetName);
  return {
    roles: person.roles,
    commands: byGroup(commands),
    services: catalogue.services
      .map(({ name, title, environments }) => ({
        title,
        targets: environments
          .map((env) => targetName({ service: name, env: env.name }))
          .filter((target) => reach.includes(target)),
      }))
      .filter(({ targets }) => targets.length > 0),
    next: startButtons(commands),
  };
}
