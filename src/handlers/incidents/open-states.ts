import { incidentStates, isOpen } from '../../core/incident.ts';

/** The states in which somebody still works on an incident. */
export const openStates = incidentStates.filter(isOpen);
