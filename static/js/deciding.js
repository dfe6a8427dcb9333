// A hundred passages decided from the keyboard. In a <form data-deciding> of fieldsets with a choice in each, a digit takes the
// choice with that number and goes on: to the words it asks for, and from there with Enter to the next passage that waits.
// 0 ticks that the choice is the same for all that was found in the sentence (data-sentence); those wait no more then.

const taken = (fieldset) => fieldset.querySelector("input[type=radio]:checked");
const together = (fieldset) => fieldset.querySelector("input[name$='-together']");
const choices = (fieldset) => [...fieldset.querySelectorAll("input[type=radio]")];
const typed = (fieldset) => [...fieldset.querySelectorAll("input:not([type=radio], [type=checkbox], [type=hidden]), textarea")];

/** The words that the choice taken asks for, if it asks for any. */
const wanted = (fieldset) => fieldset.querySelector(`.for-${taken(fieldset).value} :is(input, textarea)`);

const waits = (form, fieldset) => !taken(fieldset) && ![...form.querySelectorAll("fieldset[data-sentence]")].some(
  (other) => other.dataset.sentence === fieldset.dataset.sentence && together(other).checked && taken(other));

function goOn(form, fieldset) {
  const all = [...form.querySelectorAll("fieldset.card")];
  const at = all.indexOf(fieldset);
  const next = [...all.slice(at + 1), ...all.slice(0, at)].find((one) => waits(form, one) && one.checkVisibility());
  const target = next ? choices(next)[0] : form.querySelector("button[type=submit]");
  target.focus({ preventScroll: true });
  (next ?? target).scrollIntoView({ block: "center" });
}

function press(event) {
  const fieldset = event.target.closest("fieldset.card");
  if (!fieldset || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.type === "radio") {
    if (event.key === "0" && together(fieldset)) together(fieldset).click();
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
