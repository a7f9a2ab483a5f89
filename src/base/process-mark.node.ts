import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Which machine, in a form that fits into a file name. */
const HERE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Names this process in a file name, so that another one can tell later whether it is still there. */
export const processMark = (): string => `${HERE}-${process.pid}-${startOf(process.pid) ?? 'x'}`;

/** True when the process that a mark names has certainly ended. Another machine's processes cannot be seen from here. */
export function hasEnded(mark: string): boolean {
  const [host, pid, started] = mark.split('-');
  if (host !== HERE || !/^\d+$/.test(pid ?? '')) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  // the same number may belong to a younger process by now
  return started !== 'x' && startOf(Number(pid)) !== undefined && startOf(Number(pid)) !== started;
}

/** When a process started, in the kernel's clock ticks since boot; undefined where that cannot be asked (not Linux). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
