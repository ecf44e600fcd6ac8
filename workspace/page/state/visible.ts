import { signal } from '@preact/signals';

const seen = () => document.visibilityState === 'visible';

/**
 * Whether somebody can see the page. A page in the background lets go of its feeds: browsers open
 * six connections to a server at most, which three such pages would use up for all others.
 */
export const visible = signal(seen());

document.addEventListener('visibilitychange', () => {
  visible.value = seen();
});
