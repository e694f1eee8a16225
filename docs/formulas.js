// Sets the formulas of a rustdoc page: code spans `$…$`, fenced blocks of language math, and bare $…$ and $$…$$.
document.addEventListener("DOMContentLoaded", function () {
  const options = { output: "mathml", throwOnError: false, strict: "ignore" };
  const set = function (code, formula, displayMode) {
    const place = document.createElement(displayMode ? "div" : "span");
    katex.render(formula, place, Object.assign({ displayMode: displayMode }, options));
    const block = displayMode ? code.closest(".example-wrap") || code.closest("pre") || code : code;
    block.replaceWith(place);
  };
  document.querySelectorAll("pre.language-math code, pre > code.language-math").forEach(function (code) {
    set(code, code.textContent.trim(), true);
  });
  document.querySelectorAll("code").forEach(function (code) {
    const text = code.textContent.trim();
    const double = /^\$\$([^]+)\$\$$/.exec(text);
    const single = /^\$([^$]+)\$$/.exec(text);
    if (code.closest("pre") || !(double || single)) return;
    set(code, (double || single)[1].trim(), Boolean(double));
  });
  document.querySelectorAll(".docblock, .item-table, .desc").forEach(function (block) {
    renderMathInElement(block, Object.assign({
      delimiters: [
        { left: "$$", right: "$$", display: true },
        { left: "$", right: "$", display: false },
      ],
    }, options));
  });
});
