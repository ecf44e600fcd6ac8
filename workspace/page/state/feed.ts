import type { Feed } from '../../protocol.ts';

/** Tells what a {@link openFeed} hears. */
export interface FeedListener {
  entry(entry: Feed): void;
  connected(yes: boolean): void;
}

/** How long to wait before asking again after the server refused the feed, in milliseconds. */
const retryMs = 1000;

/**
 * Follows what one member sees until the returned function is called. A lost connection is taken up
 * again by itself; the server then begins with a fresh snapshot.
 */
export function openFeed(member: string, listener: FeedListener): () => void {
  let timer: number | undefined;
  const source = new EventSource(`/control/feed?as=${encodeURIComponent(member)}`);
  let close = () => source.close();
  source.onmessage = ({ data }: MessageEvent<string>) => listener.entry(JSON.parse(data));
  source.onopen = () => listener.connected(true);
  source.onerror = () => {
    listener.connected(false);
    if (source.readyState !== EventSource.CLOSED) return;
    timer = setTimeout(() => {
      close = openFeed(member, listener);
    }, retryMs);
  };
  return () => {
    clearTimeout(timer);
    close();
  };
}
