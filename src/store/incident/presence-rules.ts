/** Without any process for so many milliseconds nobody was there: beats come every few seconds. */
export const absentAfter = 30_000;

/** How many absences are told at once. */
export const mostAbsences = 1_000;
