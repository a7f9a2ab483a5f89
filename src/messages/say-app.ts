import { EN_APP } from './en-app.data.ts';
import { sayFrom } from './say-from.ts';

/** say() for the screens of the app that are fetched after the first sight of the page. */
export const say = sayFrom(EN_APP);
