import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { FileInfo } from '../../protocol.ts';
import { show } from '../show.ts';
import { ownPath } from '../text/own-path.ts';
import { FilePreview } from './file-preview.ts';
import { icon } from './icon.ts';

/** Above this size nothing is shown of a text before it is asked for, in bytes. */
const previewLimit = 64_000;

/** A file: its name and size, a way to save it, and what is in it when that is short text or a picture. */
export function fileCard(file: FileInfo): VNode {
  const path = ownPath(file.url, location.origin);
  const text = /^text\/|json|yaml|x-sh/.test(file.mimetype) && file.size <= previewLimit;
  return html`<div class="file" key=${file.id}>
    <div class="file-line">
      ${icon('file')}<span class="file-name">${file.title || file.name}</span>
      <span class="file-size">${sizeText(file.size)}</span>
      ${path ? html`<a class="icon-button" href=${path} download=${file.name} aria-label=${`Save ${file.name}`} title="Save">${icon('download')}</a>` : null}
    </div>
    ${path && text ? show(FilePreview, { path, name: file.name }) : null}
    ${path && file.mimetype.startsWith('image/') ? html`<img src=${path} alt=${file.title || file.name} loading="lazy" />` : null}
  </div>`;
}

/** `812 B`, `1.4 kB`, `3.0 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
