/**
 * What the first answers do without. This list is the one place that says what is loaded late when Gatehouse is put
 * together: whoever needs a part loads it, and all of them are loaded in the background soon after the start.
 * `test/loading.test.ts` holds that nothing loads them before.
 */
export const partsOnDemand = {
  runner: () => import('../runs/create-runner.ts'),
  incidents: () => import('../incidents/create-incidents.ts'),
  keeper: () => import('./keep-incidents.ts'),
  runMessages: () => import('./draw-runs.ts'),
  incidentMessages: () => import('./draw-incidents.ts'),
  incidentFigures: () => import('./gather-figures.ts'),
  incidentReport: () => import('./report-incident.ts'),
  incidentChart: () => import('../incidents/updating/chart-of.ts'),
};
