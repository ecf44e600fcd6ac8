import { team } from '../people.ts';
import type { StoredFile } from '../state/world.ts';

/** A file as the Web API shows it; of which kind it is only once Slack has looked at it. */
export function fileShape(file: StoredFile, url: string, examined = true): Record<string, unknown> {
  const { id, name, title, size, user, created, channels } = file;
  return {
    id,
    created,
    timestamp: created,
    name,
    title,
    ...(examined ? kindOf(file) : { mimetype: '', filetype: '', pretty_type: '' }),
    user,
    user_team: team.id,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: true,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${url}${file.url}`,
    url_private_download: `${url}${file.url}`,
    permalink: `${url}${file.url}`,
    comments_count: 0,
    is_starred: false,
    channels: channels.filter((channel) => channel.startsWith('C')),
    groups: [],
    ims: channels.filter((channel) => channel.startsWith('D')),
    has_rich_preview: false,
    file_access: 'visible',
  };
}

const kindOf = ({ name, mimetype }: StoredFile) => ({
  mimetype,
  filetype: name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : 'text',
  pretty_type: mimetype.startsWith('text/') ? 'Plain Text' : mimetype,
});
