import type { Command } from './command.ts';

/**
 * What of the desk the first answers do without. This list is the one place that says what of it is loaded late:
 * whoever needs a part loads it, and all of them are loaded in the background soon after the start.
 * `test/loading.test.ts` holds that nothing loads them before.
 */
export const handlersOnDemand = {
  card: () => import('./help/card.ts'),
  incidentCommands: () => import('./incidents/incident-commands.ts'),
  incidentClicks: () => import('./incidents/incident-clicks.ts'),
  declaration: () => import('./incidents/incident-declare.ts'),
  noteMessage: () => import('./marks/note-shortcut.ts'),
  runClicks: () => import('./runs/run-clicks.ts'),
  home: () => import('./show-home.ts'),
  leftBehind: () => import('./runs/tell-left-behind.ts'),
};

/** Everything about a command but what happens when it is used: all that reading what somebody typed takes. */
export interface Outline extends Omit<Command, 'perform' | 'ask'> {
  /** Whether it opens a form for what is missing. */
  asks: boolean;
}

/** Commands that are loaded when somebody uses the first of them. */
export function commandsOnDemand(
  outlines: readonly Outline[],
  load: () => Promise<readonly Command[]>,
): Command[] {
  const whole = async (name: string): Promise<Command> => {
    const command = (await load()).find((one) => one.name === name);
    if (command) return command;
    throw new Error(`"${name}" can be typed, and nothing does it`);
  };
  return outlines.map(({ asks, ...outline }) => ({
    ...outline,
    perform: async (invocation, asking) => (await whole(outline.name)).perform(invocation, asking),
    ...(asks && {
      ask: async (...given: Parameters<NonNullable<Command['ask']>>) =>
        (await whole(outline.name)).ask?.(...given),
    }),
  }));
}
