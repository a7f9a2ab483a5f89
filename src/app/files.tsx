import { useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import type { FileKind, Slot } from './protocol.ts';
import { fileOf, openScan, sentenceOf, shareLink } from './session.ts';
import { say } from './state.ts';
import { useApp } from './use-store.ts';

const KINDS: readonly (readonly [FileKind, string])[] = [
  ['json', 'Result (JSON)'],
  ['csv', 'Curve (CSV)'],
  ['vtu', 'Fields (VTU)'],
  ['glb', 'Model (GLB)'],
];

/** What can be taken away, and what can be brought along. */
export function Files({ slot }: { readonly slot: Slot }) {
  const ready = useApp((s) => s[slot].result !== undefined && s[slot].job === undefined);
  const scan = useApp((s) => s[slot].scan);
  const [told, tell] = useState('');
  const attempt = (what: () => Promise<string>): void => {
    tell('');
    what().then(
      (text) => {
        tell(text);
        say(text);
      },
      (error) => tell(sentenceOf(error)),
    );
  };
  return (
    <section className="files" aria-labelledby={`${slot}-files`}>
      <h2 id={`${slot}-files`}>Take it with you</h2>
      <div className="presets">
        <Button className="preset" isDisabled={!ready} onPress={() => attempt(() => handOut(slot))}>
          Hand-out to print
        </Button>
        <Button
          className="preset"
          isDisabled={scan !== undefined}
          onPress={() =>
            attempt(async () => {
              await navigator.clipboard.writeText(shareLink());
              return 'The link is copied. It holds sizes, tool, place and load, and nothing about health.';
            })
          }
        >
          Copy the link
        </Button>
        <Button
          className="preset"
          isDisabled={!ready}
          onPress={() =>
            attempt(async () => {
              const viewer = (await import('./scene.ts')).viewerOf(slot);
              if (viewer === undefined) return 'There is no 3-D picture here to save; the hand-out has drawings.';
              save(await viewer.snapshot({ width: 1600, height: 1200 }), 'psoascope.png');
              return 'psoascope.png is saved.';
            })
          }
        >
          Picture (PNG)
        </Button>
        {KINDS.map(([kind, name]) => (
          <Button
            key={kind}
            className="preset"
            isDisabled={!ready}
            onPress={() =>
              attempt(async () => {
                const file = await fileOf(slot, kind);
                save(file, file.name);
                return `${file.name} is saved.`;
              })
            }
          >
            {name}
          </Button>
        ))}
      </div>
      {told !== '' && (
        <p className="hint" role="status">
          {told}
        </p>
      )}
      <OpenScan slot={slot} />
    </section>
  );
}

async function handOut(slot: Slot): Promise<string> {
  const file = await fileOf(slot, 'report');
  const address = URL.createObjectURL(file);
  if (window.open(address, '_blank') === null) {
    save(file, file.name);
    return 'The hand-out could not be opened in a new window, so it was saved as a file.';
  }
  return 'The hand-out is open in a new window; print it from there.';
}

/** Saves a file the way the browser does. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A person's own CT, labels, or both. */
function OpenScan({ slot }: { readonly slot: Slot }) {
  const scan = useApp((s) => s[slot].scan);
  const [ct, setCt] = useState<File | undefined>();
  const [labels, setLabels] = useState<readonly File[]>([]);
  const [trouble, setTrouble] = useState('');
  const ctInput = useRef<HTMLInputElement>(null);
  const labelInput = useRef<HTMLInputElement>(null);
  const open = async (): Promise<void> => {
    setTrouble('');
    try {
      const read = async (file: File) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      const masks = await Promise.all(labels.map(read));
      const files = {
        ...(ct !== undefined && { ct: await read(ct) }),
        ...(masks.length === 1 && { labels: masks[0]! }),
        ...(masks.length > 1 && { labels: { name: 'labels', files: new Map(masks.map((m) => [m.name, m.bytes])) } }),
      };
      await openScan(slot, files, ct?.name ?? labels[0]!.name);
    } catch (error) {
      setTrouble(
        `The files could not be read (${error instanceof Error ? error.message : String(error)}). Choose them again.`,
      );
    }
  };
  return (
    <details className="scan">
      <summary>Open a CT and its labels (research use)</summary>
      <p className="hint">
        For research, not for decisions about a person. NIfTI files, as TotalSegmentator writes its labels: one volume,
        or a file per structure. They are read by this page on this device and go nowhere else.
      </p>
      <div className="pair">
        <label className="file">
          <span>CT (.nii, .nii.gz)</span>
          <input ref={ctInput} type="file" accept=".nii,.gz" onChange={(e) => setCt(e.target.files?.[0])} />
        </label>
        <label className="file">
          <span>Labels, one or several</span>
          <input
            ref={labelInput}
            type="file"
            accept=".nii,.gz"
            multiple
            onChange={(e) => setLabels([...(e.target.files ?? [])])}
          />
        </label>
      </div>
      <Button className="preset" isDisabled={ct === undefined && labels.length === 0} onPress={() => void open()}>
        Press on this scan
      </Button>
      {scan !== undefined && <p className="hint">Research use: the body is the scan {scan}.</p>}
      {trouble !== '' && (
        <p className="problem" role="alert">
          {trouble}
        </p>
      )}
    </details>
  );
}
