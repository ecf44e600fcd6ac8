import type { Block, View } from '../protocol.ts';
import type { StoredView } from '../state/world.ts';

/** The part of a view that its person sees. */
export function toView({ id, hash, source, errors, trouble }: StoredView): View {
  return {
    id,
    type: source.type === 'home' ? 'home' : 'modal',
    title: plain(source.title) ?? '',
    submit: plain(source.submit),
    close: plain(source.close),
    callbackId: typeof source.callback_id === 'string' ? source.callback_id : '',
    hash,
    blocks: source.blocks as Block[],
    errors,
    ...(trouble && { trouble }),
  };
}

const plain = (text: unknown): string | null => {
  const { text: value } = Object(text) as { text?: unknown };
  return typeof value === 'string' ? value : null;
};
