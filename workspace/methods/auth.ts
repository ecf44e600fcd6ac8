import { app, team } from '../people.ts';
import type { Methods } from './method.ts';

/** Who the token belongs to. */
export const auth: Methods = {
  'api.test': ({ args }) => {
    const { token: _, ...shown } = args;
    return { args: shown };
  },

  'auth.test': ({ workspace }) => ({
    url: `${workspace.url()}/`,
    team: team.name,
    user: workspace.world.members.find(({ id }) => id === app.botUser)?.name,
    team_id: team.id,
    user_id: app.botUser,
    bot_id: app.botId,
    app_id: app.id,
    is_enterprise_install: false,
  }),

  'apps.connections.open': ({ workspace }) => {
    const socket = workspace.url().replace('http:', 'ws:');
    const ticket = workspace.tickets.make();
    return { url: `${socket}/link/?ticket=${ticket}&app_id=${app.id}` };
  },

  'team.info': ({ workspace }) => ({
    team: {
      id: team.id,
      name: team.name,
      domain: team.domain,
      email_domain: 'example.com',
      icon: { image_default: true },
      url: `${workspace.url()}/`,
    },
  }),
};
