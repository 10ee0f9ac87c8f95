import { isHome } from '../../app/home.ts';
import { type Command } from '../command.ts';
import { runDemo } from './demo.ts';
import { serveHome } from './serve.ts';

export const start: Command = {
  name: 'start',
  summary: {
    nl: 'zonder home eerst de demo; dan de pagina',
    en: 'the demo first when there is no home; then the page',
  },
  usage: 'gestand start',
  examples: ['npm start'],
  run: async (context) => {
    if (!isHome(context.config.home)) await runDemo(context);
    return serveHome(context);
  },
};
