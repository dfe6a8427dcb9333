// Under a text area with a limit: how much room is left, once four fifths of it are used. The words come from the page
// (templates/_words.html), {n} standing for the number. Counted as the server counts: in code points, a line break as one.
// What is too long can still be typed: a paste is kept and can be shortened, not cut off unseen.

const page = document.getElementById("words").dataset;

export function enhance(root) {
  for (const area of root.querySelectorAll("textarea[data-limit]:not([data-counted])")) {
    const limit = Number(area.dataset.limit);
    area.dataset.counted = "";
    const output = document.createElement("p");
    output.className = "counter";
    output.setAttribute("aria-live", "polite");
    output.hidden = true;
    area.after(output);
    const show = () => {
      const left = limit - [...area.value].length;
      output.hidden = left > limit / 5;
      output.dataset.state = left < 0 ? "over" : "";
      output.textContent = (left < 0 ? page.over : page.left).replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    };
    area.addEventListener("input", show);
    show();
  }
}
