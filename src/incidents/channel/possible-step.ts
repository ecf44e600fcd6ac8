import { type Incident, isOpen, type SetupStep } from '../../core/incident.ts';

/**
 * Whether a step of making the channel can be done now. Everything but the channel itself and what is said
 * elsewhere needs the channel; the pin needs the card.
 */
export function isPossible(
  { setup, channel, state }: Pick<Incident, 'setup' | 'channel' | 'state'>,
  step: SetupStep,
): boolean {
  if (!isOpen(state)) return false;
  if (step === 'channel' || step === 'announce') return true;
  if (channel === null || channel.lost !== null) return false;
  return step !== 'pin' || setup.card.kind === 'done';
}
