import { useState } from 'react';
import type { Evidence } from '../evidence/evidence.ts';
import { useStory } from './speaks.tsx';

/** Where figures come from: ids that open to the row behind them. The table of sources is fetched when it is first asked for. */
export function Sources({ ids }: { readonly ids: readonly string[] }) {
  const say = useStory();
  const [rows, setRows] = useState<readonly Row[] | undefined>();
  if (ids.length === 0) return null;
  const open = async (): Promise<void> => {
    if (rows !== undefined) return setRows(undefined);
    const { evidence, CONFIDENCE_MEANING } = await import('../evidence/evidence.ts');
    setRows(
      ids.flatMap((id) => {
        try {
          const row = evidence(id);
          return [{ ...row, sure: CONFIDENCE_MEANING[row.confidence] }];
        } catch {
          return [];
        }
      }),
    );
  };
  return (
    <>
      <button type="button" className="sources" aria-expanded={rows !== undefined} onClick={() => void open()}>
        {say('app.sources', { count: ids.length })}
      </button>
      {rows?.map((row) => (
        <span className="source" key={row.id}>
          <b>{row.id}</b> {row.quantity}: {figure(row)} <cite>{row.citation}</cite> ({row.sure})
        </span>
      ))}
    </>
  );
}

type Row = Evidence & { readonly sure: string };

const figure = ({ text, unit, condition }: Row): string =>
  [`${text} ${unit === '-' ? '' : unit}`.trim(), condition === '-' ? '' : condition].filter((t) => t !== '').join('; ');
