// What a check of `doctor` says: what was seen, whether it will do, and what to do where it will not.

export interface Finding {
  readonly check: string;
  /** `note`: works, or is not needed, and is worth knowing. `problem`: something that is needed is broken. */
  readonly standing: 'ok' | 'note' | 'problem';
  readonly seen: string;
  readonly todo?: string;
}

export const ok = (check: string, seen: string): Finding => ({ check, standing: 'ok', seen });

export const note = (check: string, seen: string, todo?: string): Finding =>
  todo === undefined ? { check, standing: 'note', seen } : { check, standing: 'note', seen, todo };

export const problem = (check: string, seen: string, todo: string): Finding => ({
  check,
  standing: 'problem',
  seen,
  todo,
});
