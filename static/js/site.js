// The entry module of every page: loads the others where a page asks for them, and keeps a form from being sent twice.
// Addresses come from the script tag, because the static files are served under hashed names.

const addresses = document.getElementById("site-script").dataset;
const wanted = {
  dates: 'input[type="date"]',
  counter: "textarea[data-limit]",
  autosave: "form[data-autosave]", // before unsaved: it holds a submit back that could not be saved
  adding: "form[data-adds]", // before unsaved: what it sends leaves no page
  unsaved: "form[data-unsaved]",
  progress: "[data-progress]:not(script)",
  order: "ol[data-order]",
  room: "form[data-presses], [data-voice]",
  board: "div[data-board]",
  deciding: "form[data-deciding]",
  folds: "details.fold",
  forgetting: "main[data-forgets]",
  copying: "[data-copies]",
};

/** Load each module that something inside `root` asks for; one that is loaded already is told to look again. */
export async function enhance(root) {
  // The server says what is wrong, beside the field and in the summary; the browser's own bubbles vanish and say less.
  for (const form of root.querySelectorAll('form[method="post"]')) form.noValidate = true;
  const names = Object.keys(wanted).filter((name) => root.querySelector(wanted[name]));
  const loaded = await Promise.allSettled(names.map((name) => import(addresses[name])));
  for (const module of loaded) module.value?.enhance(root); // One that did not arrive is done without.
  document.documentElement.dataset.ready = "";
}

/** Say beside the button that was pressed what became of it, or why the page stays as it is; the line that says so. */
export function say(form, submitter, words, state = "lost") {
  const line = form.querySelector("[data-stays]") ?? document.createElement("p");
  Object.assign(line.dataset, { stays: "", state });
  line.className = "autosave";
  line.setAttribute("role", "status");
  const within = submitter?.closest(".actions--staying, .question"); // in sight wherever the page is scrolled to
  if (within) within.append(line);
  else (submitter?.closest(".actions") ?? submitter ?? form.lastElementChild).before(line);
  line.textContent = words;
  return line;
}

// Without a connection the browser would leave the page, and what was typed with it. Forms that send by themselves say so
// in their own words. A browser may be wrong that it is offline, so the site is asked first.
const reached = new WeakSet();
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (navigator.onLine || reached.delete(form) || form.method !== "post") return;
  if (form.matches("[data-autosave], [data-adds], [data-presses], [data-forgets] form")) return;
  event.preventDefault();
  try {
    await fetch("/healthz", { cache: "no-store" });
    reached.add(form);
    form.requestSubmit(submitter);
  } catch {
    say(form, submitter, document.getElementById("words").dataset.unsent);
  }
}, { capture: true });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || event.submitter?.formTarget === "_blank") return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
  const slow = form.querySelector("[data-working]"); // says in advance that its answer takes long
  if (slow) slow.textContent = slow.dataset.working;
  setTimeout(() => delete form.dataset.sent, slow ? 15000 : 4000);
});
// The back button may bring a page back as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const line of document.querySelectorAll("[data-working]")) line.textContent = "";
});

document.querySelector("[data-error-summary]")?.focus();
enhance(document);
