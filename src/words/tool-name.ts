import type { Speaker } from '../messages/say.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';

/** Everyday name of a tool: 'lacrosse ball'. An id that this version does not know is its own name. */
export const toolName = (speaker: Speaker, id: string): string =>
  speaker.name(`tool.${id}`, TOOL_FAMILIES.find((family) => family.id === id)?.label ?? id);
