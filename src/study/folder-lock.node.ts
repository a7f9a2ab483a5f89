import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { InputError } from '../base/errors.ts';

/**
 * Keeps two processes from writing one journal. The lock of a process that is gone (killed, machine restarted) is taken over.
 * @returns unlocks
 * @throws InputError when a living process holds it
 */
export function lockFile(path: string): () => void {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) });
  for (let tries = 0; tries < 3; tries++) {
    try {
      const fd = openSync(path, 'wx');
      writeSync(fd, mine);
      closeSync(fd);
      const unlock = (): void => rmSync(path, { force: true });
      process.once('exit', unlock);
      return () => {
        process.removeListener('exit', unlock);
        unlock();
      };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST')
        throw new InputError(`The output folder cannot be written to (${code}, ${path}); choose another one with -o.`);
      const holder = read(path);
      if (holder !== undefined && alive(holder))
        throw new InputError(
          `Process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`} is working on this study; wait for it, stop it, or, if it is long gone, delete ${path}.`,
        );
      rmSync(path, { force: true });
    }
  }
  throw new InputError(`Two processes want to work on this study at the same moment; start one of them again.`);
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started: string | undefined;
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    // cut short by a crash, or just removed
    return undefined;
  }
}

function alive({ pid, host, started }: Holder): boolean {
  // another machine's processes cannot be seen from here: believe them
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // the same number may belong to a younger process by now
  return started === startOf(pid);
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
