import type { Query } from '../../core/query.ts';
import type { Declared } from '../command.ts';
import { operandsOf, shapeOf } from '../grammar/shape.ts';
import type { Requestable } from '../runs/requestable.ts';
import { isForAskerOnly, standsAlone } from '../usable.ts';
import { usageOf } from './command-page.ts';
import { everyDeclared } from './every-declared.ts';

/** docs/actions.md, made from what the commands declare, so that it cannot say anything else than they do. */
export function actionsPage(
  queries: readonly Query[],
  actions: readonly Requestable[] = [],
  botName = 'Gatehouse',
): string {
  const commands = everyDeclared(queries, actions, botName);
  return [
    '# Commands',
    '',
    '<!-- Made from the commands by `npm run docs`; a test fails when it is stale. -->',
    '',
    'What can be typed after `/auth`. `/auth` alone shows what you may use, with buttons. A target is written `service@environment`; whoever only reads may leave the environment out. What can be done to all services at once takes `all@environment`. Words such as ADDRESS or USER stand before or after the target, or as flags: `--address 203.0.113.7`. Where two words could be the target, the one with an environment is, and of two such words neither: then the other is given as a flag. A command that changes something is asked for, shown as a plan and approved by others first; `/auth plan …` before it shows the plan and does nothing. `| grep TEXT`, `| head N`, `| tail N` and `| count` narrow an answer.',
    '',
    ...table(
      ['Command', 'What it does', 'Example', 'Risk', 'Runbook', 'In a thread', 'Button'],
      commands.map((command) => rowOf(command, botName)),
    ),
    '',
    ...commands.flatMap(details),
  ].join('\n');
}

const rowOf = (command: Declared, botName: string): string[] => {
  const { name, summary, examples, risk, runbook } = command;
  const example = examples[0] ?? name;
  return [
    code(name),
    summary,
    code(`/auth ${example}`),
    risk,
    runbook,
    isForAskerOnly(command)
      ? 'never: only the asker sees the answer'
      : code(`@${botName} ${example}`),
    buttonOf(command),
  ];
};

function buttonOf(command: Declared): string {
  if (standsAlone(command)) return '`/auth`, Home tab';
  const isChange = command.risk !== 'read' && command.risk !== 'read-sensitive';
  return isChange || command.aim === 'none' ? '–' : '`/auth`, Help: one for each target';
}

function details(command: Declared): string[] {
  const shape = shapeOf(command.params);
  const operands = operandsOf(command, shape);
  const pieces = [
    ...operands.map(({ name, about }) => [code(name.toUpperCase()), about]),
    ...shape.flags
      .filter((flag) => !operands.includes(flag))
      .map(({ name, about }) => [code(`--${name}`), about]),
  ];
  const also = command.aliases.length > 0 ? `Also: ${command.aliases.map(code).join(', ')}.` : '';
  return [
    `## ${command.name}`,
    '',
    ...[code(`/auth ${usageOf(command)}`), also]
      .filter((text) => text !== '')
      .flatMap((text) => [text, '']),
    ...(pieces.length === 0 ? [] : [...table(['Word or flag', 'What it means'], pieces), '']),
  ];
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );

const code = (text: string): string => `\`${text}\``;
