// Beside each date field, the chosen date in words ("Tuesday 8 December 2026"): the field itself shows the browser's own order.

const words = new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
});

/** "2026-12-08" in words; an empty string for anything that is no date. */
export function inWords(value) {
  const date = new Date(`${value}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? "" : words.format(date).replace(",", "");
}

export function enhance(root) {
  for (const field of root.querySelectorAll('input[type="date"]:not([data-in-words])')) {
    const output = document.createElement("output");
    output.className = "in-words";
    output.htmlFor = field.id;
    field.after(output);
    field.dataset.inWords = "";
    const show = () => { output.textContent = inWords(field.value); };
    field.addEventListener("input", show);
    show();
  }
}
