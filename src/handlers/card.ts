import { targetName } from '../core/target.ts';
import { type Card, cardMessage } from '../views/card.ts';
import type { Asking } from './command.ts';
import { readStop } from './read-stop.ts';
import type { RunTools } from './run-tools.ts';
import { startButtons, usable } from './usable.ts';

/** The answer to the command without any text: what one may do, and buttons to start with. */
export async function showCard(
  asking: Omit<Asking, 'catalogue'>,
  running: Pick<RunTools, 'killSwitch'> | undefined,
): Promise<void> {
  const stop = running ? await readStop(running) : null;
  await asking.show(cardMessage, { ...cardOf(asking), stop });
}

function cardOf({ person, setting }: Pick<Asking, 'person' | 'setting'>): Card {
  const { registry, catalogue, rights } = setting;
  const commands = usable(registry, rights);
  const reach = commands.flatMap((command) => rights.reach(command)).map(targetName);
  return {
    roles: person.roles,
    commands: commands.map(({ name }) => name),
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
