/** Any part of a block as JSON. */
export type Json = Record<string, unknown>;

/** One interactive element and the block it stands in. */
export interface Placed {
  block: Json;
  blockId: string;
  element: Json;
  actionId: string;
  type: string;
}

/** Every element with an action id in these blocks. */
export function elementsOf(blocks: readonly Json[]): Placed[] {
  return blocks.flatMap((block) =>
    held(block).flatMap((element) => {
      const { action_id: actionId, type } = element;
      return typeof actionId === 'string' && typeof type === 'string'
        ? [{ block, blockId: String(block.block_id), element, actionId, type }]
        : [];
    }),
  );
}

function held({ elements, element, accessory }: Json): Json[] {
  const all = [...(Array.isArray(elements) ? elements : []), element, accessory];
  return all.filter((item): item is Json => typeof item === 'object' && item !== null);
}

/** The options of a select, radio buttons or the like, groups flattened. */
export function optionsOf({ options, option_groups }: Json): Json[] {
  const grouped = Array.isArray(option_groups) ? option_groups : [];
  return [options, ...grouped.map((group) => Object(group).options)].flatMap((list) =>
    Array.isArray(list) ? (list as Json[]) : [],
  );
}
