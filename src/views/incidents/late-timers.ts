import { formatDuration } from '../../core/duration.ts';
import type { LateNews, LateTimers } from '../../core/late-timers.ts';
import { limits, section } from '../blocks/blocks.ts';
import type { Message } from '../blocks/message.ts';
import { clip } from '../text/clip.ts';
import { code } from '../text/code.ts';
import { moment } from '../text/moment.ts';

/** Tells those who run Gatehouse that timers of incidents are late, or are not any more: it never names what they are about. */
export function lateTimersMessage(late: LateTimers, news: LateNews): Message {
  const [first, ...more] = news === 'began' ? began(late) : over(late);
  return {
    text: clip(`${first}`.replace(/^:\w+: |\*/g, ''), limits.text),
    blocks: [section([first, ...more].join('\n'))],
  };
}

function began({ due, noticed, count, incidents }: LateTimers): string[] {
  const named = incidents.map((id) => code(id, 40)).join(', ');
  const others = count > incidents.length ? ` and ${count - incidents.length} more` : '';
  return [
    `:red_circle: *Timers of incidents are late.* What was due in ${named}${others} by ${moment(due)} had not been done ${formatDuration(noticed - due)} later.`,
    'Updates, reminders and calls of people come late until this is over. None of them is lost or sent twice, and commands, buttons and approvals work.',
    `Until then tell people yourselves what is going on, and call the next person yourselves. Look at ${code('/readyz')} and at the log of Gatehouse, which says why something that was due was not done, and at how busy the database is. It is said here once when it is over.`,
  ];
}

const over = ({ due, seen, worst }: LateTimers): string[] => [
  `:large_green_circle: *Timers of incidents are in time again.* They were late from ${moment(due)} to ${moment(seen)}, by ${formatDuration(worst)} at most.`,
  'Each update that came late says how late it was. There is nothing left to do here; the log of Gatehouse says why it was.',
];
