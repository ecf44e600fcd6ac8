import type { Button, HomeView } from '@slack/types';
import type { Next, Report } from '../core/report.ts';
import { context, header, limits, section } from './blocks.ts';
import { buttonRows } from './buttons.ts';
import { code } from './code.ts';
import { fitting } from './fitting.ts';
import { partBlocks } from './report.ts';

/** What a person's Home tab shows. */
export interface Home {
  roles: readonly string[];
  /** Why roles are missing; null when they could be looked up. */
  unverified: string | null;
  /** How the services are; null when this person may not see it. */
  status: Report | null;
  commands: readonly string[];
  next: readonly Next[];
}

/** The Home tab: the state of the services first, then what one may do. `now` in milliseconds since 1970. */
export function homeView(
  { roles, unverified, status, commands, next }: Home,
  now: number,
): HomeView {
  const who =
    unverified === null
      ? `Your roles: ${roles.length === 0 ? 'none' : roles.map((role) => code(role)).join(' ')}`
      : `Your roles could not be looked up (${code(unverified)}); plain reading works.`;
  const blocks = [
    header('Gatehouse'),
    context(who),
    ...(status === null ? [] : partBlocks(status.parts, now)),
    section(`You may use: ${commands.map((name) => code(name)).join(' ') || 'nothing'}`),
  ];
  return {
    type: 'home',
    blocks: fitting(blocks, buttonRows(next, 0, [refresh]), limits.viewBlocks),
  };
}

const refresh: Button = {
  type: 'button',
  action_id: 'home',
  style: 'primary',
  text: { type: 'plain_text', text: 'Check again', emoji: false },
};

/** The Home tab of somebody who gets nothing, with the reason. */
export const closedHome = (sentence: string): HomeView => ({
  type: 'home',
  blocks: [header('Gatehouse'), section(sentence)],
});
