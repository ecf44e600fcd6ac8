import { useSignal } from '@preact/signals';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';

/** Lines that are shown until the rest is asked for. */
const firstLines = 6;

/** The beginning of a text file, and the whole of it on request. */
export function FilePreview({ path, name }: { path: string; name: string }): VNode | null {
  const text = useSignal<string | null>(null);
  const whole = useSignal(false);
  useEffect(() => {
    void load(path).then((loaded) => {
      text.value = loaded;
    });
  }, [path]);
  if (text.value === null) return null;
  const lines = text.value.trimEnd().split('\n');
  const shown = whole.value ? lines : lines.slice(0, firstLines);
  const toggle = () => {
    whole.value = !whole.value;
  };
  return html`<div class="file-preview">
    <pre tabindex="0" aria-label=${`Contents of ${name}`}><code>${shown.join('\n')}</code></pre>
    ${
      lines.length > firstLines
        ? html`<button type="button" class="quiet" aria-expanded=${whole.value} onClick=${toggle}>
          ${whole.value ? 'Show less' : `Show all ${lines.length} lines`}</button>`
        : null
    }
  </div>`;
}

async function load(path: string): Promise<string | null> {
  try {
    const response = await fetch(path);
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
