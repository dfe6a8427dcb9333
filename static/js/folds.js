// A card that is folded up says in its summary what is in it. What is typed there after the page came has to stand in it too,
// or it looks lost once the card is folded: <details class="fold"> with a <span> in its summary, the first field first.

const page = document.getElementById("words").dataset;

export function enhance(root) {
  for (const fold of root.querySelectorAll("details.fold:not([data-says])")) {
    const says = fold.querySelector("summary > span");
    if (!says) continue;
    fold.dataset.says = "";
    fold.addEventListener("input", () => {
      const typed = [...fold.querySelectorAll("input[type=text], textarea")].map((field) => field.value.trim()).find(Boolean);
      const line = typed?.split("\n", 1)[0] ?? page.empty;
      says.textContent = line.length > 80 ? `${line.slice(0, 79)}…` : line;
    });
  }
}
