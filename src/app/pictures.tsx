import { SECTION_STYLE } from '../report/sections.ts';
import type { Slot } from './protocol.ts';
import { useApp } from './use-store.ts';

// a style element would be against the page's content policy; a sheet made here is not
const sheet = new CSSStyleSheet();
sheet.replaceSync(SECTION_STYLE);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

/** The section through the deepest contact as a drawing: for where there is no WebGL, and beside the scene. */
export function Pictures({ slot }: { readonly slot: Slot }) {
  const pictures = useApp((s) => s[slot].pictures);
  const shows = useApp((s) => s.view.sectionShows);
  const wanted = `axial-${shows === 'structures' ? 'pressed' : 'pressure'}`;
  const picture = pictures?.find(({ id }) => id === wanted) ?? pictures?.[0];
  if (picture === undefined) return null;
  return (
    <figure className="cut-picture">
      <div
        // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our own worker, texts escaped
        dangerouslySetInnerHTML={{ __html: picture.svg }}
      />
      <figcaption>{picture.title}</figcaption>
    </figure>
  );
}
