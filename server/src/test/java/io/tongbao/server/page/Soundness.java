package io.tongbao.server.page;

/**
 * What every page must be for everybody, asked in the browser: nothing wider than the screen, every
 * text in contrast to what is behind it (WCAG 2.2, 1.4.3), every control with a name, one heading
 * of the first order, a language and a title.
 */
final class Soundness {
  /** Gives the list of what is wrong. */
  static final String SCRIPT =
      """
      (() => {
        const wrong = [];
        const channel = c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
        const parts = text => text.match(/[0-9.]+/g).map(Number);
        const light = ([r, g, b]) =>
          0.2126 * channel(r / 255) + 0.7152 * channel(g / 255) + 0.0722 * channel(b / 255);
        const behind = element => {
          for (let e = element; e; e = e.parentElement) {
            const [r, g, b, a] = parts(getComputedStyle(e).backgroundColor);
            if (a === undefined || a === 1) return [r, g, b];
          }
          return [255, 255, 255];
        };
        const seen = e => e.checkVisibility() && e.getBoundingClientRect().right > 0;
        for (const e of document.querySelectorAll("body *")) {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          if (!own || !seen(e)) continue;
          const style = getComputedStyle(e);
          const [a, b] = [light(parts(style.color)), light(behind(e))].sort((x, y) => y - x);
          const size = parseFloat(style.fontSize);
          const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
          const ratio = (a + 0.05) / (b + 0.05);
          if (ratio < (large ? 3 : 4.5)) {
            wrong.push("contrast " + ratio.toFixed(2) + ": " + e.textContent.trim());
          }
        }
        for (const e of document.querySelectorAll("input, button, a")) {
          const name = e.getAttribute("aria-label") || e.innerText
            || [...(e.labels || [])].map(l => l.innerText).join("");
          if (seen(e) && !name.trim()) wrong.push("no name: " + e.outerHTML);
          const box = e.getBoundingClientRect();
          if (seen(e) && e.tabIndex >= 0 && (box.height < 24 || box.width < 24)) {
            wrong.push("too small to touch: " + e.outerHTML);
          }
        }
        if (document.documentElement.scrollWidth > innerWidth) {
          wrong.push("wider than the screen: " + document.documentElement.scrollWidth);
        }
        if (document.querySelectorAll("h1").length !== 1) wrong.push("not one h1");
        if (!document.documentElement.lang.startsWith("zh")) wrong.push("no language");
        if (!document.title.trim()) wrong.push("no title");
        return wrong;
      })()
      """;

  private Soundness() {}
}
