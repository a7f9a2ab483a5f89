/**
 * Where the drawing of a picture of the story is: the build makes them (plates.ts, scripts/kept-plugin.ts) and writes their addresses into the
 * page. undefined where there is none, as on the development server.
 */
export function plateOf(id: string): string | undefined {
  const all = document.querySelector<HTMLMetaElement>('meta[name="plates"]')?.content.split(' ') ?? [];
  // between a name and its end stand eight letters of a hash
  return all.find((address) => address.replace(/-[\w-]{8}\.svg$/, '').endsWith(`/plate-${id}`));
}
