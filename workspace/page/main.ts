import { render } from 'preact';
import { App } from './app.ts';
import { show } from './show.ts';
import { openWorkspace } from './state/workspace.ts';

const root = document.getElementById('app');
if (root) render(show(App, { workspace: openWorkspace() }), root);
