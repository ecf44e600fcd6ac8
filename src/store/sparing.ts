/**
 * Passes the first call on, and of those within the next `pause` milliseconds only the number: for
 * faults that may come many times a second.
 *
 * @param tell gets what the call was given, and how many calls were kept quiet since the last one.
 */
export function sparing<T>(
  tell: (what: T, quiet: number) => void,
  pause: number,
): (what: T) => void {
  let resting = false;
  let quiet = 0;
  return (what) => {
    if (resting) {
      quiet += 1;
      return;
    }
    tell(what, quiet);
    resting = true;
    quiet = 0;
    setTimeout(() => {
      resting = false;
    }, pause).unref();
  };
}
