import { STRUCTURES } from '../anatomy/structures.ts';
import { type Html, html } from '../base/html.ts';
import { organOf } from '../findings/organ-of.ts';
import { type Provenance, provenanceOf } from '../findings/provenance.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { sidelessLabel } from '../words/finding-label.ts';
import { shapeText } from '../words/provenance-lines.ts';
import { evidenceLinks } from './sources.ts';

/** Parts whose shapes have one kind of source, and the rows behind them. */
interface ShapeSource {
  readonly shape: Provenance['shape'];
  readonly structures: readonly string[];
}

/** Where the shapes of the parts come from that a result speaks about, one entry a kind, in the order of the structures' table. */
export function shapeSources({ parts, corridors }: VoxelModel, { findings, body }: Result): ShapeSource[] {
  const told = new Set(findings.map((f) => f.structure));
  const held = new Set([...parts, ...corridors].map(({ structure }) => structure));
  const kinds = new Map<string, { shape: Provenance['shape']; structures: string[] }>();
  for (const { id } of STRUCTURES) {
    if (!held.has(id) || !(told.has(id) || told.has(organOf(id)))) continue;
    const { shape } = provenanceOf(id, body.source === 'scan');
    const kind = kinds.get(shape.from);
    kinds.set(shape.from, {
      shape: { from: shape.from, evidence: [...new Set([...(kind?.shape.evidence ?? []), ...shape.evidence])] },
      structures: [...(kind?.structures ?? []), id],
    });
  }
  return [...kinds.values()];
}

/** That, for people: names, what their shapes were made of, links to the rows. */
export function shapeSourcesHtml(speaker: Speaker, sources: readonly ShapeSource[]): Html {
  const from = sources.some(({ shape }) => shape.from === 'scan') ? 'scan' : 'sized';
  const entries = sources.map(({ shape, structures }) => {
    const names = speaker.list(structures.map((id) => sidelessLabel(speaker, id)));
    const links = shape.evidence.length === 0 ? '' : html` (${evidenceLinks(shape.evidence)})`;
    return html`<li><b>${names}</b>: ${shapeText(speaker, shape)}${links}</li>`;
  });
  return html`<h3>${speaker.say('sources.shapes')}</h3><ul>${entries}</ul><p>${speaker.say('from.licence.name')}: ${speaker.say('from.licence', { from })}</p>`;
}
