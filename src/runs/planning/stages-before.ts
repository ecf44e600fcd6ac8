import type { Elsewhere, On } from '../../core/action.ts';
import type { Target } from '../../core/target.ts';
import type { RunTools } from '../run-tools.ts';

/** How an action looks at the environments before its own: they are opened only when it does. */
export function stagesBefore(
  { stagesBefore, targets }: Pick<RunTools, 'stagesBefore' | 'targets'>,
  target: Target,
): Pick<On, 'stagesBefore'> {
  if (!stagesBefore) return {};
  const open = async (stage: Target): Promise<Elsewhere> => {
    const [releases, instances, probes] = await Promise.all([
      targets.offer(stage, 'releases'),
      targets.offer(stage, 'instances'),
      targets.offer(stage, 'probes'),
    ]);
    const can = {
      ...(releases && { releases }),
      ...(instances && { instances }),
      ...(probes && { probes }),
    };
    return { target: stage, can };
  };
  return { stagesBefore: () => Promise.all(stagesBefore(target).map(open)) };
}
