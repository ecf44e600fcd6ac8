import type { ComponentChildren, VNode } from 'preact';

const told = ['class', 'href', 'target', 'rel', 'aria-label', 'datetime'];

/**
 * What a browser would make of elements, as one line: `<strong>bold</strong>`. Texts are written as
 * they are, so that markup in a text stands out as a mistake.
 */
export function outline(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(outline).join('');
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node !== 'object') return String(node);
  const { type, props } = node as VNode<Record<string, unknown>>;
  const marks = told.filter((name) => props[name]).map((name) => ` ${name}="${props[name]}"`);
  return `<${String(type)}${marks.join('')}>${outline(props.children as ComponentChildren)}</${String(type)}>`;
}

/** Every element below a node, in order. */
export function elements(node: ComponentChildren): VNode<Record<string, unknown>>[] {
  if (Array.isArray(node)) return node.flatMap(elements);
  if (node === null || typeof node !== 'object') return [];
  const found = node as VNode<Record<string, unknown>>;
  return [found, ...elements(found.props.children as ComponentChildren)];
}
