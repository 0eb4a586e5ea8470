// The comment at the head of a scenario's file: it is there to be read, so it is what `scenario show` begins with.

/** Its paragraphs, each without its line breaks. The editor's schema line is no part of it. */
export function headComment(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const body = lines.findIndex((line) => line.trim() !== '' && !line.trimStart().startsWith('#') && line !== '---');
  const comment = lines
    .slice(0, body < 0 ? lines.length : body)
    .filter((line) => !line.includes('yaml-language-server:') && line !== '---')
    .map((line) => line.trimStart().replace(/^#+/, ''));
  const paragraphs: string[][] = [[]];
  for (const line of comment) {
    const isItem = /^\s*(?:[-*]|\d+\.)\s/.test(line);
    if (line.trim() === '' || isItem) paragraphs.push([]);
    if (line.trim() !== '') paragraphs.at(-1)?.push(line.trim());
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0).map((paragraph) => paragraph.join(' '));
}
