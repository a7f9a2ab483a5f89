import { z } from 'zod';
import { inSchema } from '../base/schema-error.ts';
import { tell } from '../base/told.ts';
import { TOOL_ERRORS } from '../messages/errors/tool.data.ts';

/** Which tool, and the sizes that differ from the catalogue's. Names and ranges are checked by buildTool. */
export const toolSpecSchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .default('two-peak')
    .describe('name of a tool; psoascope tools lists them, and everyday names are taken too'),
  parameters: z
    .record(z.string(), z.number({ error: inSchema(tell(TOOL_ERRORS, 'error.tool.sizes')) }))
    .default({})
    .describe('sizes that differ from the catalogue’s, by name'),
});
export type ToolSpec = z.output<typeof toolSpecSchema>;
