import { useState } from 'react';
import type { ProvenanceLine } from '../words/provenance-lines.ts';
import { Sources } from './sources.tsx';
import { useSpeaker } from './use-speaker.ts';

/** Where the picked structure comes from, opened by one click; its table is fetched when it is first asked for. */
export function WhereFrom({ structure, scanned }: { readonly structure: string; readonly scanned: boolean }) {
  const speaker = useSpeaker();
  const [lines, setLines] = useState<readonly ProvenanceLine[] | undefined>();
  const open = async (): Promise<void> => {
    if (lines !== undefined) return setLines(undefined);
    const { provenanceLines } = await import('../words/provenance-lines.ts');
    setLines(provenanceLines(speaker, structure, scanned));
  };
  return (
    <div className="where-from">
      <button type="button" className="link" aria-expanded={lines !== undefined} onClick={() => void open()}>
        {speaker.say('from.title')}
      </button>
      {lines !== undefined && (
        <dl>
          {lines.map(({ id, name, text, evidence }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>
                {text} <Sources ids={evidence} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
