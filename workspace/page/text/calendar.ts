import { signal } from '@preact/signals';
import { calendarOf } from './date-mark.ts';

let timer: number | undefined;

/** Moves once a second, as long as anything that is shown reads it. */
const second = signal(Date.now(), {
  watched() {
    timer = window.setInterval(() => {
      second.value = Date.now();
    }, 1_000);
  },
  unwatched: () => window.clearInterval(timer),
});

/** A feed may bring something newer than the last second. */
const moving = () => new Date(Math.max(second.value, Date.now()));

/** The calendar of the person at this screen, made once. */
export const calendar = calendarOf(undefined, undefined, undefined, moving);
