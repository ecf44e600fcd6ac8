import type { Json } from './json.ts';

/** Somebody who stops changes or lets them go on: Slack user and team. */
export interface Stopper {
  id: string;
  team: string;
}

/** Somebody's word that changes may go on. */
export interface Lifting extends Stopper {
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
}

/** Whether changes are stopped, and what is known about the last time they were. */
export interface StopState {
  on: boolean;
  /** When they were stopped last, by the database's clock, in milliseconds since 1970; null when never. */
  since: number | null;
  by: Stopper | null;
  reason: string | null;
  /** Who said within the last hour that changes may go on; once two have, they do. */
  liftedBy: readonly Lifting[];
}

/** What became of somebody's word that changes may go on. */
export interface Lifted {
  /** `was-off`: there was nothing to lift, and nothing is written down. */
  kind: 'off' | 'one-more' | 'was-off';
  state: StopState;
}

/**
 * Stops every change at once; two people together let them go on. Whoever cannot read it must change
 * nothing. Who may do which is asked before: this counts distinct people and keeps what they said.
 */
export interface KillSwitch {
  state(): Promise<StopState>;
  /** At once. When it is on, the new reason counts, and whatever was said for going on is void. */
  engage(by: Stopper, reason: string): Promise<StopState>;
  /**
   * Off when two distinct people have said so within {@link liftingLasts} of each other.
   *
   * @param voided people whose earlier word counts no more, because they have lost the right to it.
   */
  lift(by: Stopper, voided?: readonly Stopper[]): Promise<Lifted>;
}

/** How long somebody's word that changes may go on counts, in milliseconds. */
export const liftingLasts = 3_600_000;

/** How many people it takes to let changes go on. */
export const liftersNeeded = 2;

/** Under which name the audit keeps what is done to it. */
export const killSwitchSubject = 'system:kill-switch';

/** As it is before anybody has used it. */
export const neverStopped: StopState = {
  on: false,
  since: null,
  by: null,
  reason: null,
  liftedBy: [],
};

/** The state without the words that count no more. */
export const stopAt = (state: StopState, now: number): StopState =>
  state.on
    ? { ...state, liftedBy: state.liftedBy.filter(({ at }) => now - at < liftingLasts) }
    : state;

/** The state after somebody has stopped changes. */
export const engaged = (by: Stopper, reason: string, now: number): StopState => ({
  on: true,
  since: now,
  by: { id: by.id, team: by.team },
  reason,
  liftedBy: [],
});

/** The state after somebody has said that changes may go on. Saying it twice counts once. */
export function lifted(
  state: StopState,
  by: Stopper,
  now: number,
  voided: readonly Stopper[] = [],
): StopState {
  if (!state.on) return state;
  const gone = [by, ...voided];
  const others = stopAt(state, now).liftedBy.filter((one) => !gone.some((no) => isSame(one, no)));
  const liftedBy = [...others, { id: by.id, team: by.team, at: now }];
  return { ...state, liftedBy, on: liftedBy.length < liftersNeeded };
}

const isSame = (one: Stopper, other: Stopper): boolean =>
  one.id === other.id && one.team === other.team;

/** What the audit keeps of a change of it. */
export const stopFacts = ({
  on,
  reason,
  liftedBy,
}: StopState): { readonly [key: string]: Json } => ({
  stopped: on,
  reason,
  liftedBy: liftedBy.map(({ id, team }) => `user:${team}/${id}`),
});
