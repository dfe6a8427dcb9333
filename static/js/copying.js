// Beside an address that goes into another program: a button that copies it (<code data-copies="Copy it" data-copied="Copied">).
// Where the browser lets no page copy, there is none; where it refuses, the address is selected, to be copied by hand.

export function enhance(root) {
  if (!navigator.clipboard) return;
  for (const address of root.querySelectorAll("[data-copies]:not([data-copying])")) {
    address.dataset.copying = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary button--small";
    button.textContent = address.dataset.copies;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "cluster";
    line.append(button, said);
    address.parentElement.after(line);
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(address.textContent);
        said.textContent = address.dataset.copied;
      } catch {
        getSelection().selectAllChildren(address);
      }
    });
  }
}
