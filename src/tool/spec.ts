import { z } from 'zod';

/** Which tool, and the sizes that differ from the catalogue's. Names and ranges are checked by buildTool. */
export const toolSpecSchema = z.strictObject({
  id: z
    .string()
    .min(1)
    .default('two-peak')
    .describe('name of a tool; psoascope tools lists them, and everyday names are taken too'),
  parameters: z
    .record(z.string(), z.number({ error: 'tool sizes must be numbers' }))
    .default({})
    .describe('sizes that differ from the catalogue’s, by name'),
});
export type ToolSpec = z.output<typeof toolSpecSchema>;
