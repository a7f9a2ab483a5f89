import { asIs, html } from '../base/html.ts';
import type { Result } from '../findings/result.ts';
import { pathCsv } from '../io/csv.ts';
import { skinVtu, vti, vtu } from '../io/vtk.ts';
import { inEnglish, type Speaker } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { writeReport } from '../report/report.ts';
import { LABEL_COLUMN } from '../report/section-labels.ts';
import { cutSvg, SECTION_STYLE, type SectionPanel, sectionPictures } from '../report/sections.ts';
import { skinMap } from '../report/skin-map.ts';
import { resultText } from '../words/result-text.ts';

/** Every file of a press by name. The result comes last: where it stands, the others are complete. */
export function pressFiles(
  press: Press,
  result: Result,
  hands?: Result,
  speaker: Speaker = inEnglish,
): Map<string, Uint8Array | string> {
  const sections = sectionPictures(speaker, press);
  const panels = sections.flatMap((section) => section.panels);
  return new Map<string, Uint8Array | string>([
    ...panels.map((panel): [string, string] => [`section-${panel.id}.svg`, standaloneSvg(panel)]),
    ['path.csv', pathCsv(result)],
    ['press.vti', vti(press)],
    ['press.vtu', vtu(press)],
    ['skin.vtu', skinVtu(press)],
    ['skin-map.svg', skinMap(speaker, press, 'own-file').markup],
    ['report.html', writeReport(result, press, { speaker, sections, hands })],
    ['result.json', resultText(speaker, result)],
  ]);
}

/** A picture of the report as a file of its own: with its style, a white ground and room for the names beside it. */
function standaloneSvg(panel: SectionPanel): string {
  const box = [-LABEL_COLUMN, 0, panel.width + 2 * LABEL_COLUMN, panel.height];
  const [x, y, width, height] = box;
  const ground = html`<title>${panel.title}</title><style>${asIs(SECTION_STYLE)}.numbers{display:none}</style><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#fff"/>`;
  return cutSvg(panel, { box, ground }).markup;
}
