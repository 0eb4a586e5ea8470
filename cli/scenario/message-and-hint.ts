// By convention a text about a problem reads `what is wrong; what to do`: the two apart.

export interface MessageAndHint {
  readonly message: string;
  readonly hint?: string;
}

export function messageAndHint(whole: string): MessageAndHint {
  const cut = whole.indexOf('; ');
  return cut < 0 ? { message: whole } : { message: whole.slice(0, cut), hint: whole.slice(cut + 2) };
}
