import { type FunctionComponent, h, type VNode } from 'preact';

/**
 * A component with its props, which TypeScript checks here; inside an htm template it would not.
 * A part without state of its own is called as the plain function that it is.
 */
export const show = <Props extends object>(
  Component: (props: Props) => VNode | null,
  props: Props,
  key?: string,
): VNode =>
  h(Component as FunctionComponent<Props>, key === undefined ? props : { ...props, key }) as VNode;
