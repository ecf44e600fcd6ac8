import type { Block } from '../protocol.ts';

type Json = Record<string, unknown>;

/** The places in a block that hold interactive elements. */
const holders = ['elements', 'element', 'accessory'] as const;

/** Gives every block a `block_id` and every interactive element an `action_id`, as Slack does. */
export const fillIds = (blocks: readonly unknown[], id: (prefix: string) => string): Block[] =>
  blocks.map((block) => {
    const { block_id, ...rest } = withActionIds(block as Json, id);
    return { ...rest, block_id: block_id || id('').toLowerCase() } as Block;
  });

function withActionIds(block: Json, id: (prefix: string) => string): Json {
  const filled = { ...block };
  for (const holder of holders) {
    const held = block[holder];
    if (Array.isArray(held)) filled[holder] = held.map((element) => withActionId(element, id));
    else if (held) filled[holder] = withActionId(held, id);
  }
  return filled;
}

const interactive =
  /^(button|overflow|checkboxes|radio_buttons|datepicker|timepicker|datetimepicker|\w+_select|\w+_input)$/;

function withActionId(element: unknown, id: (prefix: string) => string): unknown {
  const { type, action_id } = Object(element) as Json;
  if (typeof type !== 'string' || !interactive.test(type) || action_id) return element;
  return { ...(element as Json), action_id: id('').toLowerCase() };
}
