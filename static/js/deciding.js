// A hundred passages decided from the keyboard. In a <form data-deciding> of fieldsets with a choice in each, a digit takes the
// choice with that number and goes on: to the words it asks for, and from there with Enter to the next passage that waits.

const taken = (fieldset) => fieldset.querySelector("input[type=radio]:checked");
const choices = (fieldset) => [...fieldset.querySelectorAll("input[type=radio]")];
const typed = (fieldset) => [...fieldset.querySelectorAll("input:not([type=radio], [type=checkbox], [type=hidden]), textarea")];

/** The words that the choice taken asks for: the only ones shown then. */
const wanted = (fieldset) => typed(fieldset).find((field) => field.checkVisibility());

function goOn(form, fieldset) {
  const all = [...form.querySelectorAll("fieldset.card")];
  const at = all.indexOf(fieldset);
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find((one) => !taken(one) && one.checkVisibility());
  const target = next ? choices(next)[0] : form.querySelector("button[type=submit]");
  target.focus({ preventScroll: true });
  (next ?? target).scrollIntoView({ block: "center" });
}

function press(event) {
  const fieldset = event.target.closest("fieldset.card");
  if (!fieldset || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.type === "radio") {
    const choice = choices(fieldset)[Number.parseInt(event.key, 10) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.click();
    const words = wanted(fieldset);
    if (words) words.focus();
    else goOn(event.currentTarget, fieldset);
  } else if (event.key === "Enter" && typed(fieldset).includes(event.target)) {
    event.preventDefault(); // to send a hundred decisions for one would not be meant, nor a line end in a sentence
    goOn(event.currentTarget, fieldset);
  }
}

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-deciding]")) {
    if (form.dataset.deciding) continue;
    form.dataset.deciding = "keys";
    form.addEventListener("keydown", press);
    const told = form.querySelector("[data-keys]"); // not where nothing is left to decide
    if (told) told.hidden = false;
  }
}
