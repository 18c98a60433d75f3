/** A text of the help in Markdown, in a table too: each character is itself. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\*_<|$`]/g, '\\$&');
}

/** As code; in a table a bar has to be escaped even there. */
export function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
