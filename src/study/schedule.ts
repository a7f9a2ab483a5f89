/** Hands out cases so that those of one group (the same body) go to the same worker as long as there is other work. */
export interface Schedule<T> {
  /** The next case for a worker whose last one was of `group`; undefined when none is left. */
  next(group: string): T | undefined;
  readonly left: number;
}

/** @param items in the order in which they should be begun, group by group */
export function scheduleByGroup<T extends { readonly group: string }>(items: Iterable<T>): Schedule<T> {
  const groups = new Map<string, T[]>();
  let left = 0;
  for (const item of items) {
    const group = groups.get(item.group);
    if (group === undefined) groups.set(item.group, [item]);
    else group.push(item);
    left++;
  }
  // taken from the end, so the first of a group has to stand last
  for (const group of groups.values()) group.reverse();
  const untouched = new Set(groups.keys());

  return {
    get left() {
      return left;
    },
    next(group) {
      const key = groups.has(group) ? group : (first(untouched) ?? largest());
      if (key === undefined) return undefined;
      untouched.delete(key);
      const list = groups.get(key)!;
      const item = list.pop();
      if (list.length === 0) groups.delete(key);
      left--;
      return item;
    },
  };

  // nothing untouched is left: help with the group that has most to do
  function largest(): string | undefined {
    let found: string | undefined;
    let most = 0;
    for (const [key, list] of groups)
      if (list.length > most) {
        most = list.length;
        found = key;
      }
    return found;
  }
}

const first = (set: ReadonlySet<string>): string | undefined => set.values().next().value;
