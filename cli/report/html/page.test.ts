import { describe, expect, it } from 'vitest';
import { hostile } from '../../../test/support/hostile.ts';
import { recorded } from '../../../test/support/recorded.ts';
import { resultOf } from '../../verdict/result.ts';
import { noAssets as assets } from '../testing/no-assets.ts';
import { documentOf, renderHtml } from './page.ts';

describe('the HTML report', () => {
  it('of a journal that holds nothing but its end says what is not there', () => {
    const ended = { v: 1, at: 5, src: 'runner', seq: 1, type: 'run.ended', reason: 'completed' } as const;
    const page = renderHtml(resultOf([ended], { cutOff: false }), assets);
    for (const text of [
      'nothing was judged',
      'no phase began',
      'nothing was broken',
      'no breaker moved',
      'not recorded',
      'no arrival was recorded',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('can be broken by no name that anybody gave', () => {
    const page = renderHtml(hostile(recorded('manual')), assets);

    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script/g)).toHaveLength(3);
    expect(page).not.toMatch(/<img/);
    // Nothing invisible, nothing that turns the text around it; line breaks are the page's own.
    expect(page).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u);
    expect(page).toContain('\\u{202e}evil');
  });

  it('keeps the data for the cursor as it is, whatever is in it', () => {
    const page = renderHtml(hostile(recorded('manual')), assets);
    const [, data = ''] = /id="run-data">(.*?)<\/script>/s.exec(page) ?? [];

    expect(JSON.parse(data).phases[0].name).toContain('</script><script>window.hacked = 1</script>');
  });

  it('asks the network for nothing', () => {
    const page = documentOf({ title: '', style: '', scripts: [], body: '' });

    expect(page).toContain("default-src 'none'");
    expect(renderHtml(recorded('failed'), assets)).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });
});
