/**
 * Rows as columns of text that stand under each other; the last column is wrapped to the width that is left.
 * @param width Characters per line.
 */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const indent = widths.slice(0, -1).reduce((sum, columnWidth) => sum + columnWidth + 2, 0);
  const last = Math.max(20, Math.min(widths.at(-1) ?? 0, width - indent));
  const line = (row: readonly string[]): string => {
    const start = row.slice(0, -1).map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `);
    return wrap(row.at(-1) ?? '', last)
      .map((part, index) => `${index === 0 ? start.join('') : ' '.repeat(indent)}${part}`.trimEnd())
      .join('\n');
  };
  const rule = widths
    .map((columnWidth, column) => '─'.repeat(column === widths.length - 1 ? last : columnWidth))
    .join('  ');
  return `${[line(head), rule, ...rows.map(line)].join('\n')}\n`;
}

/**
 * Breaks a text at spaces into lines of at most width characters, but not between a number and its unit.
 * @param tooLong a word longer than a line stays whole, since an address that is cut is none, or is cut, where columns stand beside each other
 */
export function wrap(text: string, width: number, tooLong: 'whole' | 'cut' = 'whole'): string[] {
  const lines: string[] = [];
  for (const whole of text.replace(/(\d) (?=%|kPa|mmHg|mm|N|kg)/g, '$1\u00a0').split(/[ \n]+/)) {
    let word = whole;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    for (; tooLong === 'cut' && word.length > width; word = word.slice(width)) lines.push(word.slice(0, width));
    lines.push(word);
  }
  return lines.map((line) => line.replaceAll('\u00a0', ' '));
}
