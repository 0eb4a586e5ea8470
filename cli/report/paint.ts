// Colours come from outside (chalk on a terminal, identity elsewhere), so that renderers stay pure.

export interface Paint {
  readonly ok: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const same = (text: string): string => text;
export const plain: Paint = { ok: same, bad: same, warn: same, dim: same, bold: same };
