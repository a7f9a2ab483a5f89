import { poseLying } from './camera.ts';
import type { Viewer } from './viewer.ts';

/** Lets viewers share one camera: moving any moves all; each lies as its own person does. @returns a function that parts them */
export function linkCameras(viewers: readonly Viewer[]): () => void {
  let passing = false;
  const offs = viewers.map((viewer) =>
    viewer.on('camera', (pose) => {
      if (passing) return;
      passing = true;
      for (const other of viewers) if (other !== viewer) other.setCamera(poseLying(pose, viewer.lie, other.lie));
      passing = false;
    }),
  );
  return () => {
    for (const off of offs) off();
  };
}
