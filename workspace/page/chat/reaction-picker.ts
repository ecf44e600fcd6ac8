import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import { emoji } from '../text/emoji.ts';
import { icon } from './icon.ts';

const offered =
  `eyes white_check_mark x +1 -1 tada raised_hands clap pray wave thinking_face joy sob
  heart fire rocket zap warning rotating_light hourglass_flowing_sand lock unlock bug pushpin`.split(
    /\s+/,
  );

/** A small board of emoji to react with. */
export function ReactionPicker({ choose }: { choose: (name: string) => void }): VNode {
  const id = useId();
  function chosen(event: MouseEvent, name: string) {
    (event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]')?.hidePopover();
    choose(name);
  }
  return html`<span class="menu">
    <button type="button" class="icon-button" popovertarget=${id} aria-label="Add reaction" title="Add reaction">${icon('smile')}</button>
    <div id=${id} popover class="reaction-board" role="group" aria-label="More reactions">
      ${offered.map(
        (
          name,
        ) => html`<button type="button" class="icon-button" aria-label=${name} title=${`:${name}:`}
          onClick=${(event: MouseEvent) => chosen(event, name)}>${emoji(name)}</button>`,
      )}
    </div>
  </span>`;
}
