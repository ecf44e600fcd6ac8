import type { World } from '../state/world.ts';
import { ApiError } from './method.ts';

/** A name for a channel, as Slack takes it. Throws `name_taken`, `invalid_name_specials` and so on. */
export function channelName({ channels }: World, name: string): string {
  if (name === '') throw new ApiError('invalid_name_required');
  if (name.length > 80) throw new ApiError('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{M}\p{N}_-]+$/u.test(name)) throw new ApiError('invalid_name_specials');
  if (!/[\p{L}\p{N}]/u.test(name)) throw new ApiError('invalid_name_punctuation');
  if (channels.some((other) => other.kind !== 'im' && other.name === name)) {
    throw new ApiError('name_taken');
  }
  return name;
}
