/** The model card as the package has it. */
export const modelCardText = (title, lines) =>
  `# ${title}\n\n${lines.map(({ name, text }) => `**${name}.** ${text}\n`).join('\n')}`;
