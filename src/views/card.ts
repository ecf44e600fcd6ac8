import type { Next } from '../core/report.ts';
import { context, header, section } from './blocks/blocks.ts';
import { buttonRows } from './blocks/buttons.ts';
import { fitting } from './blocks/fitting.ts';
import type { Message } from './blocks/message.ts';
import { paragraphs } from './blocks/rows.ts';
import { type Usable, usableBlocks } from './may-use.ts';
import { type StopSign, signText } from './runs/kill-switch.ts';
import { bold, code } from './text/code.ts';
import { line } from './text/escape.ts';

/** What somebody gets who types the command alone. */
export interface Card {
  roles: readonly string[];
  commands: readonly Usable[];
  services: readonly { title: string; targets: readonly string[] }[];
  next: readonly Next[];
  /** Null while changes may be made. */
  stop?: StopSign | null;
}

/** What one may do, what there is to do it on, and buttons to start with. */
export function cardMessage({ roles, commands, services, next, stop }: Card): Message {
  const text = 'Gatehouse: the on-call desk of the authentication services';
  const rest = [
    ...(stop ? [section(signText(stop))] : []),
    context(
      `Your roles: ${roles.length === 0 ? 'none' : roles.map((role) => code(role)).join(' ')}`,
    ),
    ...paragraphs(
      services.map(
        ({ title, targets }) => `${bold(title)}  ${targets.map((name) => code(name)).join(' ')}`,
      ),
    ),
    ...usableBlocks(commands),
  ];
  return {
    text: line(text),
    blocks: [header('Gatehouse'), ...fitting(rest, buttonRows(next), 49)],
  };
}
