import { clockTime } from '../text/clock-time.ts';
import { code } from '../text/code.ts';

/** That no evidence of what an incident is about was kept at a moment, in milliseconds since 1970. */
export interface Unkept {
  incident: string;
  at: number;
}

/**
 * What whoever decides about something destructive has to know: that it may destroy what nobody has kept. More people
 * read it than may read the incident, so that it says nothing of what that is about.
 */
export const unkeptText = ({ incident, at }: Unkept, target: string): string =>
  `:warning: *This may destroy evidence.* At ${clockTime(at)} none was kept yet for ${code(incident, 40)}. ${code(`/auth evidence snapshot ${target} --incident ${incident}`, 250)} keeps some, and does not wait for this.`;
