/**
 * On a busy machine helpers may wait for a core longer than they save. Their number does not change the answer, so the V-cycles are timed
 * now and then with and without them, and what was faster goes on.
 */
export class Pace {
  alone = false;
  private count = 0;
  private readonly ms = { alone: Number.POSITIVE_INFINITY, team: 0 };

  choose(ready: number): number {
    const turn = this.count++ % 24;
    if (turn === 6) return 1;
    return turn === 18 || !this.alone ? ready : 1;
  }

  took(members: number, ms: number): void {
    // the first cycles also compile
    if (this.count < 4) return;
    this.ms[members === 1 ? 'alone' : 'team'] = ms;
    this.alone = this.ms.alone < this.ms.team;
  }
}
