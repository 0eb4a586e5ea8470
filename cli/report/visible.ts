// What a scenario or a journal says is shown to people and to their tools as text and as nothing else: a character that would
// move the cursor, turn the line around or end it unseen is written out as `\u{202e}`.

const unseen = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}\u{2028}\u{2029}\u{FEFF}\u{FFFE}\u{FFFF}]/gu;

export const visible = (text: string): string =>
  text.replaceAll(unseen, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** And without line breaks. */
export const onOneLine = (text: string): string => visible(text).replaceAll(/\s*\n\s*/g, ' ');

/** As a line of output, or a part of one: and GitHub, which reads the output of a job, takes no part of it for a command. */
export const lineText = (text: string): string =>
  onOneLine(text)
    .replace(/^\s*::/, ': :')
    .replaceAll('##[', '# #[');
