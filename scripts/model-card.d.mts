/** The model card as the package has it. */
export function modelCardText(
  title: string,
  lines: readonly { readonly name: string; readonly text: string }[],
): string;
