/**
 * So many inputs a property is tried with: as many as usual, or the share of them that `INPUTS_SHARE`
 * says. It never says more: it is for where each property is tried again for every mutant of the code.
 */
export const inputs = (usual: number): number =>
  Math.ceil(usual * Math.min(1, Number(process.env.INPUTS_SHARE ?? 1)));
