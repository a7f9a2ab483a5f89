import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asIs, between, html, NOTHING, sentenceAround, together } from './html.ts';

describe('markup', () => {
  it('holds text of anybody as text, in an element and in a quoted attribute', () => {
    const evil = `</p><script>alert("1 & 'x'")</script>`;
    expect(html`<p title="${evil}">${evil}</p>`.markup).toBe(
      '<p title="&lt;/p&gt;&lt;script&gt;alert(&quot;1 &amp; &#39;x&#39;&quot;)&lt;/script&gt;">&lt;/p&gt;&lt;script&gt;alert(&quot;1 &amp; &#39;x&#39;&quot;)&lt;/script&gt;</p>',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"']/);
        const back = markup.replace(
          /&(amp|lt|gt|quot|#39);/g,
          (entity) => ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[entity]!,
        );
        expect(back).toBe(text);
      }),
    );
  });

  it('takes markup as it is, once and not twice, in lists too', () => {
    const item = (text: string) => html`<li>${text}</li>`;
    expect(html`<ul>${['a & b', 'c'].map(item)}</ul>`.markup).toBe('<ul><li>a &amp; b</li><li>c</li></ul>');
    expect(html`${html`${html`<b>&amp;</b>`}`}`.markup).toBe('<b>&amp;</b>');
    expect(html`<style>${asIs('a>b{}')}</style>`.markup).toBe('<style>a>b{}</style>');
  });

  it('stands within a sentence where one of its arguments would, wherever that is', () => {
    const link = html`<a href="#n">8 kPa</a>`;
    expect(sentenceAround((list) => `Also <${list}> & more`, link).markup).toBe(
      'Also &lt;<a href="#n">8 kPa</a>&gt; &amp; more',
    );
    expect(sentenceAround((list) => `${list}.`, link).markup).toBe('<a href="#n">8 kPa</a>.');
  });

  it('says numbers, and nothing where there is nothing', () => {
    expect(html`<i>${0}${-1.5}${undefined}${''}${[]}${NOTHING}</i>`.markup).toBe('<i>0-1.5</i>');
    expect(together('<', html`<br>`, [1, ['2']]).markup).toBe('&lt;<br>12');
    expect(between(['a', 'b', 'c'], html`<br>`).markup).toBe('a<br>b<br>c');
    expect(between([], ', ').markup).toBe('');
  });
});
