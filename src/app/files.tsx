import { useState } from 'react';
import { Button } from 'react-aria-components';
import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import { noteText } from '../words/note-text.ts';
import { appNote, noteOf, Refused } from './app-note.ts';
import type { FileKind, Slot } from './protocol.ts';
import { Said } from './said.tsx';
import { scanFilesOf } from './scan-files.ts';
import { closeScan, fileOf, isShareable, namesOf, openSaved, openScan, shareLink } from './session.ts';
import { announce, isCurrent, store } from './state.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

const KINDS = ['json', 'csv', 'vtu', 'glb'] as const satisfies readonly FileKind[];

/** What can be taken away, and what can be brought along. */
export function Files({ slot }: { readonly slot: Slot }) {
  const { say } = useSpeaker();
  // files are of the fine answer to what is asked, not of a first look or of a press before
  const ready = useApp((s) => isCurrent(s[slot]) && s[slot].quality === 'fine' && s[slot].job === undefined);
  const shareable = useApp((s) => isShareable(s) && s[slot].question !== undefined);
  const [told, tell] = useState<Note | undefined>();
  const attempt = (what: () => Promise<Note>): void => {
    tell(undefined);
    what().then(
      (text) => {
        tell(text);
        announce(text);
      },
      (error) => tell(noteOf(error)),
    );
  };
  return (
    <section className="files" aria-labelledby={`${slot}-files`}>
      <h2 id={`${slot}-files`}>{say('app.files.title')}</h2>
      <div className="presets">
        <Button className="preset" isDisabled={!ready} onPress={() => attempt(() => handOut(slot))}>
          {say('app.files.print')}
        </Button>
        <Button
          className="preset"
          isDisabled={!shareable}
          onPress={() =>
            attempt(async () => {
              await navigator.clipboard.writeText(shareLink());
              const { inserts = [] } = store.getState()[slot].inputs.body ?? {};
              return appNote('app.files.link.copied', { left: inserts.length > 0 ? 'yes' : 'no' });
            })
          }
        >
          {say('app.files.link')}
        </Button>
        <Button
          className="preset"
          isDisabled={!ready}
          onPress={() =>
            attempt(async () => {
              const viewer = (await import('./scene.ts')).viewerOf(slot);
              if (viewer === undefined) return appNote('app.files.picture.none');
              save(await viewer.snapshot({ width: 1600, height: 1200 }), 'psoascope.png');
              return appNote('app.files.saved', { file: 'psoascope.png' });
            })
          }
        >
          {say('app.files.picture')}
        </Button>
        {KINDS.map((kind) => (
          <Button
            key={kind}
            className="preset"
            isDisabled={!ready}
            onPress={() =>
              attempt(async () => {
                const file = await fileOf(slot, kind);
                save(file, file.name);
                return appNote('app.files.saved', { file: file.name });
              })
            }
          >
            {say(`app.files.${kind}`)}
          </Button>
        ))}
      </div>
      {told !== undefined && (
        <p className="hint" role="status">
          <Said note={told} />
        </p>
      )}
      <OpenSaved slot={slot} />
      <OpenScan slot={slot} />
    </section>
  );
}

async function handOut(slot: Slot): Promise<Note> {
  const file = await fileOf(slot, 'report');
  const address = URL.createObjectURL(file);
  if (window.open(address, '_blank') === null) {
    save(file, file.name);
    return appNote('app.files.print.saved');
  }
  return appNote('app.files.print.open');
}

/** Saves a file the way the browser does. */
function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A result that was saved here or by the command line, or a scenario. */
function OpenSaved({ slot }: { readonly slot: Slot }) {
  const { say } = useSpeaker();
  return (
    <label className="file">
      <span>{say('app.files.open')}</span>
      <input
        type="file"
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void file.text().then((text) => openSaved(slot, text, file.name));
          // the same file may be chosen again
          event.target.value = '';
        }}
      />
    </label>
  );
}

/** Volumes, and the forms that label tables come in. */
const LABELS = '.nii,.gz,.json,.csv,.tsv,.txt,.label,.ctbl,.xml';

/** A person's own CT, labels, or both. */
function OpenScan({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const scan = useApp((s) => s[slot].scan);
  const wanted = useApp((s) => s[slot].wanted);
  const [ct, setCt] = useState<File | undefined>();
  const [labels, setLabels] = useState<readonly File[]>([]);
  const [trouble, setTrouble] = useState<Note | undefined>();
  // opened for a scan that is asked for, it stays open when that has come
  const [open, setOpen] = useState(false);
  const press = async (): Promise<void> => {
    setTrouble(undefined);
    try {
      const read = async (file: File) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      const files = scanFilesOf(ct && (await read(ct)), await Promise.all(labels.map(read)));
      await openScan(slot, files);
    } catch (error) {
      const known = error instanceof Refused || error instanceof InputError;
      const reason = error instanceof Error ? error.message : String(error);
      setTrouble(known ? noteOf(error) : appNote('app.scan.unread', { reason }));
    }
  };
  return (
    <details
      className="scan"
      open={open || wanted !== undefined}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{say('app.scan.open')}</summary>
      {wanted !== undefined && (
        <p className="note" data-testid="wanted-scan">
          {noteText(speaker, appNote('app.scan.wanted', { names: appNote('app.scan.names', namesOf(wanted)) }))}
        </p>
      )}
      <p className="hint">{say('app.scan.what')}</p>
      <div className="pair">
        <label className="file">
          <span>{say('app.scan.ct')}</span>
          <input type="file" accept=".nii,.gz" onChange={(e) => setCt(e.target.files?.[0])} />
        </label>
        <label className="file">
          <span>{say('app.scan.labels')}</span>
          <input type="file" accept={LABELS} multiple onChange={(e) => setLabels([...(e.target.files ?? [])])} />
        </label>
      </div>
      <Button className="preset" isDisabled={ct === undefined && labels.length === 0} onPress={() => void press()}>
        {say('app.scan.press')}
      </Button>
      {scan !== undefined && (
        <p className="hint">
          {noteText(speaker, appNote('app.scan.is', { scan: appNote('app.scan.names', namesOf(scan)) }))}
        </p>
      )}
      {(scan ?? wanted) !== undefined && (
        <Button className="preset" onPress={() => closeScan(slot)}>
          {say('app.scan.close')}
        </Button>
      )}
      {trouble !== undefined && (
        <p className="problem" role="alert">
          <Said note={trouble} />
        </p>
      )}
    </details>
  );
}
