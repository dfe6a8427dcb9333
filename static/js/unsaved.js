// Warns before a page is left with typed text that has not been sent. For forms marked data-unsaved; data-unsaved="typed" says
// that what the page came with was typed, and is kept nowhere; so does a field with something wrong in it.
// autosave.js dispatches "saved" on the form once the server holds what it says, and forgetting.js "stays" where a form is sent
// without leaving the page.
// Somebody who has signed out since, in another tab, would be asked to sign in, and what was typed would be gone. So if another tab
// was in front since, or the page is old, it is asked first whether the site still knows them.

const words = document.getElementById("words").dataset;
const { src, dataset: addresses } = document.getElementById("site-script");
const OLD = 30 * 60000; // ms
const BY_THEMSELVES = "[data-autosave], [data-adds], [data-presses], [data-forgets] form"; // these forms look by themselves
const made = Date.now();
let away = false;
document.addEventListener("visibilitychange", () => { away = true; });

/** Send the form if the page's reader is still signed in; otherwise say why it stays. */
async function ask(form, submitter) {
  const { say } = await import(src);
  let found = "lost";
  try {
    found = await (await import(addresses.token)).whose();
  } catch (why) {
    if (why.name === "TimeoutError") found = "unknown"; // the site is slow: that is no reason not to send
  }
  const why = { lost: words.unsent, nobody: words.out, other: words.out, gone: words.gone }[found];
  if (why) return say(form, submitter, why);
  forms.get(form).asked = true;
  form.requestSubmit(submitter);
}

/** What the form says now, as one string: only compared, never kept. */
function sign(form) {
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken"));
}

const forms = new WeakMap();

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-unsaved]")) {
    if (forms.has(form)) continue;
    forms.set(form, { saved: form.matches('[data-unsaved="typed"], :has(.field--error)') ? "" : sign(form), leaving: false });
    form.addEventListener("saved", () => { forms.get(form).saved = sign(form); });
    form.addEventListener("stays", () => { forms.get(form).leaving = false; });
    form.addEventListener("submit", (event) => {
      const state = forms.get(form);
      if (event.defaultPrevented || event.submitter?.formTarget === "_blank") return;
      state.leaving = state.asked || form.matches(BY_THEMSELVES) || !(away || Date.now() - made > OLD);
      state.asked = false;
      if (state.leaving) return;
      event.preventDefault();
      ask(form, event.submitter);
    });
  }
}

addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    const state = forms.get(form);
    if (state && !state.leaving && sign(form) !== state.saved) event.preventDefault();
  }
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-unsaved]").forEach((form) => {
  if (forms.has(form)) forms.get(form).leaving = false;
}));
