import type { Speaker } from '../messages/say.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';

/**
 * Everyday name of a tool: 'lacrosse ball'.
 * @param known what a file calls a tool that this version does not know
 */
export const toolName = (speaker: Speaker, id: string, known: string = id): string =>
  speaker.name(`tool.${id}`, TOOL_FAMILIES.find((family) => family.id === id)?.label ?? known);
