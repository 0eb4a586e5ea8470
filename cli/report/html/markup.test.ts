import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html, json, raw, visible } from './markup.ts';

it('escapes what is put in, and no markup', () => {
  expect(html`<p title="${'"a" & \'b\''}">${['<b>', html`<i>${'>'}</i>`, 3]}</p>`.markup).toBe(
    '<p title="&quot;a&quot; &amp; &#39;b&#39;">&lt;b&gt;<i>&gt;</i>3</p>',
  );
});

it('shows what could not be seen, and keeps line breaks, other scripts and emoji', () => {
  expect(html`${'a\u0000\u202Eb\uD800\u007F'}`.markup).toBe('a\\u{0}\\u{202e}b\\u{d800}\\u{7f}');
  expect(html`${'a\n\tאב 注文 🛒'}`.markup).toBe('a\n\tאב 注文 🛒');
});

it('leaves nothing in any text that opens an element or ends an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(html`${text}`.markup).not.toMatch(/[<>"']/);
    }),
  );
});

it('writes JSON that no text can leave, and that reads as it is shown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('</script><!--\u2028')), (text) => {
      const { markup } = json({ text });
      expect(markup).not.toMatch(/[<>\u2028\u2029]/);
      expect(JSON.parse(markup)).toEqual({ text: visible(text) });
    }),
  );
  expect(raw('<b>').markup).toBe('<b>');
});
