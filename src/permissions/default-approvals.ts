export { defaultApprovals } from '../core/default-approvals.ts';
