// Warns before a page is left with typed text that has not been sent. For forms marked data-unsaved; data-unsaved="typed" says
// that what the page came with was typed, and is kept nowhere; so does a field with something wrong in it.
// autosave.js dispatches "saved" on the form once the server holds what it says, and forgetting.js "stays" where a form is sent
// without leaving the page.

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
      if (!event.defaultPrevented && event.submitter?.formTarget !== "_blank") forms.get(form).leaving = true;
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
