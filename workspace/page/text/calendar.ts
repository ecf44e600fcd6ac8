import { calendarOf } from './date-mark.ts';

/** The calendar of the person at this screen, made once. */
export const calendar = calendarOf();
