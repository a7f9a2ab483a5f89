import { type Provenance, provenanceOf } from '../findings/provenance.ts';
import type { Speaker } from '../messages/speaker.ts';

/** One thing that is told of where a structure comes from. */
export interface ProvenanceLine {
  readonly id: 'shape' | 'stiffness' | 'figures' | 'colour' | 'codes' | 'licence';
  readonly name: string;
  readonly text: string;
  /** The rows behind it. */
  readonly evidence: readonly string[];
}

export const shapeText = ({ say }: Speaker, { from }: Provenance['shape']): string => say('from.shape', { from });

/** Where a structure's shape or course, stiffness, figures, colour and codes come from, and under which licence its shape is. */
export function provenanceLines(speaker: Speaker, structure: string, scanned: boolean): ProvenanceLine[] {
  const { say } = speaker;
  const { shape, stiffness, figures, codes, named } = provenanceOf(structure, scanned);
  const some = codes.length > 0 ? 'listed' : named ? 'missing' : 'none';
  return [
    {
      id: 'shape',
      name: say('from.shape.name', { from: shape.from }),
      text: shapeText(speaker, shape),
      evidence: shape.evidence,
    },
    {
      id: 'stiffness',
      name: say('from.stiffness.name'),
      text: say('from.stiffness', { from: stiffness.from }),
      evidence: stiffness.evidence,
    },
    {
      id: 'figures',
      name: say('from.figures.name'),
      text: say('from.figures', { from: figures.from }),
      evidence: figures.evidence,
    },
    { id: 'colour', name: say('from.colour.name'), text: say('from.colour'), evidence: [] },
    {
      id: 'codes',
      name: say('from.codes.name'),
      text: say('from.codes', { some, codes: codes.join(', ') }),
      evidence: [],
    },
    { id: 'licence', name: say('from.licence.name'), text: say('from.licence', { from: shape.from }), evidence: [] },
  ];
}
