import { z } from 'zod';

/** Which tool, and the sizes that differ from the catalogue's. Names and ranges are checked by buildTool. */
export const toolSpecSchema = z.strictObject({
  id: z.string().min(1).default('two-peak'),
  parameters: z.record(z.string(), z.number({ error: 'tool sizes must be numbers' })).default({}),
});
export type ToolSpec = z.output<typeof toolSpecSchema>;
