import type { Button } from '@slack/types';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { limits, section } from '../blocks/blocks.ts';
import { typing } from '../blocks/buttons.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { lockedText } from '../text/locked-text.ts';
import { writeIncidentHandle } from './incident-handle.ts';
import { duplicateSentence } from './incident-refusal.ts';

/** A declaration of what was declared already. */
export interface Duplicate {
  refusal: Extract<IncidentRefusal, { kind: 'duplicate' }>;
  /** What declares another one all the same, as it would be typed; null where a form asks for that. */
  anyway: string | null;
}

/** Shows the first one, lets whoever wanted to declare it join, make it worse, or declare another one anyway. */
export function duplicateMessage({ refusal, anyway }: Duplicate): Message {
  const { incident, wanted } = refusal;
  const sentence = duplicateSentence(refusal);
  const press = (deed: string, label: string, extra?: string): Button => ({
    type: 'button',
    action_id: `incident:${deed}`,
    value: writeIncidentHandle(incident, extra),
    text: { type: 'plain_text', text: label, emoji: false },
  });
  const worse = wanted !== null && wanted < incident.severity;
  const another = anyway === null ? null : { label: 'Declare another anyway', command: anyway };
  const elements = [
    press('join', `Join ${incident.id}`),
    ...(worse ? [press('set-severity', `Raise it to SEV${wanted}`, String(wanted))] : []),
    ...((another && [typing(another, 'another', 'pick')]) ?? []).filter((one) => one !== null),
  ];
  return {
    text: clip(
      incident.security ? lockedText(incident.id, 'declared already') : sentence,
      limits.text,
    ),
    blocks: [section(`:twisted_rightwards_arrows: ${sentence}`), { type: 'actions', elements }],
  };
}
