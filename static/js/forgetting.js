// What somebody answers or objects to is theirs alone, on a shared or a managed computer too: nothing of it stays in the browser's
// files. For pages with <main data-forgets>, whose forms say autocomplete="off": else the browser writes what is typed into its files,
// and shows it to whoever goes back to the page or opens its tab again, though somebody else has signed in since.

const site = document.getElementById("site-script");
const { enhance: enhanced, say } = await import(site.src);
const page = document.getElementById("words").dataset;
const token = import(site.dataset.token); // at once: the browser notes when it was fetched, which would tell that something was sent

/** Send a form, once more with the token of now should its own have run out. The cache, whose folder is dated, is not touched. */
async function post(form, submitter, renewed = false) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const address = submitter?.getAttribute("formaction") ?? form.action;
  const answer = await fetch(address, {
    method: "POST", body, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(60000),
  });
  if (answer.status !== 403 || renewed) return answer;
  const { renew } = await token;
  return await renew() ? post(form, submitter, true) : answer;
}

/** What to say where the answer to a form is not a page that could stand in place of this one; else nothing. */
function refusal(answer, fresh) {
  if (answer.status === 403 || new URL(answer.url).pathname !== location.pathname) return page.out;
  return answer.status < 500 && fresh.querySelector(".page main") ? "" : page.failed;
}

const FIELDS = "input:not([type=hidden]), textarea";
const fields = (form) => [...form.querySelectorAll(FIELDS)];
const key = (field) => (/^(radio|checkbox)$/.test(field.type) ? "checked" : "value");
/** What each field of `form` says now: only compared, never kept. */
const said = (form) => new Map(fields(form).map((field) => [field, field[key(field)]]));
/** What each said when its page came. */
const came = (form) => new Map(fields(form).map((field) => [field, field[key(field) === "checked" ? "defaultChecked" : "defaultValue"]]));
const typed = (form, since) => fields(form).filter((field) => field[key(field)] !== since.get(field));

/** Put into `now`, the answered page, what was typed since `form` was sent, and the other forms as they stand if they wait to be
 *  sent; the fields that were filled so, or null if something has no place there: then that page cannot stand in place of this. */
function carry(form, sent, now) {
  const here = (one) => one.id && now.querySelector(`[id="${one.id}"]:not([readonly])`);
  const others = [...document.querySelectorAll("main form")].filter((one) => one !== form);
  const waiting = others.filter((one) => "sending" in one.dataset || one.querySelector(".field--error") || typed(one, came(one)).length);
  const since = typed(form, sent);
  if (![...waiting, ...since].every(here)) return null;
  for (const one of waiting) here(one).replaceWith(document.adoptNode(one));
  for (const field of since) {
    const again = here(field);
    again[key(field)] = field[key(field)];
    again.form.dataset.unsaved = "typed";
  }
  for (const open of document.querySelectorAll("main details[open]")) if (here(open)) here(open).open = true;
  return since.map(here);
}

/** What stands here for what stood in the page before; null if nothing does. */
function standing(left) {
  if (left.isConnected) return left;
  return left.matches("summary") ? document.querySelector(`[id="${left.parentElement.id}"] > summary`) : document.getElementById(left.id);
}

/** Give the focus back to `left`, the field or the fold where somebody had gone on, where they were; whether it still stands here. */
function goOn(left, [from, to]) {
  const field = standing(left);
  field?.focus({ preventScroll: true });
  if (field && from !== null) field.setSelectionRange(from, to);
  return Boolean(field);
}

/** Let the page that was answered stand in place of this one, and say what it has to say where somebody is reading. */
async function show(fresh, form, submitter, { sent, at }) {
  const [old, now] = [document, fresh].map((one) => one.querySelector(".page"));
  const first = ["[data-error-summary]", "[role=alert]", "main [role=status]"].map((one) => now.querySelector(one)).find(Boolean);
  const words = first?.querySelector("p, h2").textContent ?? "";
  const { activeElement: held } = document;
  const ends = [held.selectionStart ?? null, held.selectionEnd ?? null];
  const busy = held.matches(`main :is(${FIELDS}, summary)`) && (held !== at || held[key(held)] !== sent.get(held));
  const eye = busy ? held : form;
  const top = eye.getBoundingClientRect().top;
  const carried = carry(form, sent, now);
  if (!carried) {
    form.dataset.conflict = `${words} ${page.since}`; // autosave.js would blame another tab
    return stay(form, submitter, form.dataset.conflict);
  }
  for (const one of now.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
  document.title = fresh.title;
  old.replaceWith(document.adoptNode(now));
  const line = first && told(first, form, submitter);
  if (!busy || !goOn(held, ends)) {
    const next = line ?? first ?? document.querySelector("main");
    if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
    next.focus({ preventScroll: Boolean(line) });
  }
  document.body.scrollTop += (standing(eye)?.getBoundingClientRect().top ?? top) - top; // what they look at stays where it is
  await enhanced(now);
  for (const field of carried) field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Say what `first` says, the notice of the answered page, beside the button that stands where one was pressed: in the same
 *  question, or at the end of the same form. The line; undefined if there is none any more. */
function told(first, form, submitter) {
  const again = form.id && document.getElementById(form.id);
  const question = submitter?.closest(".question")?.id;
  const button = again && (again.querySelector(question ? `[id="${question}"] button` : ".actions button") ?? again.querySelector("button"));
  if (!button) return undefined;
  const wrong = first.matches("[role=alert]");
  const line = say(again, button, first.querySelector("p, h2").textContent, wrong ? "lost" : "saved");
  const link = wrong && first.querySelector("a[href^='#']");
  if (link) line.append(" ", link.cloneNode(true));
  if (!wrong && again.dataset.changed) whileItHolds(line, again);
  return line;
}

/** Let `line` say that all is saved only while that is true: as long as something has changed since, it says that instead. */
function whileItHolds(line, form) {
  const words = line.textContent;
  form.addEventListener("input", () => {
    const now = typed(form, came(form)).length ? form.dataset.changed : words;
    if (line.dataset.state === "saved" && line.textContent !== now) line.textContent = now;
  });
}

/** Leave the page as it is, and say why. */
function stay(form, submitter, words) {
  delete form.dataset.sent;
  for (const line of form.querySelectorAll("[data-working]")) line.textContent = "";
  say(form, submitter, words);
}

/** Send a form without leaving the page: one that was left would stand in the browser's history, with the moment. */
async function send(form, submitter) {
  form.dataset.sending = ""; // autosave.js waits meanwhile
  form.querySelector("[data-stays]")?.remove();
  const before = { sent: said(form), at: document.activeElement };
  let fresh, words = page.unsent;
  try {
    const answer = await post(form, submitter);
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    words = refusal(answer, fresh);
  } catch {} // the connection is lost, or was before the whole answer had come
  delete form.dataset.sending;
  if (words) stay(form, submitter, words);
  else await show(fresh, form, submitter, before);
}

function submit(event) {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || submitter?.formTarget === "_blank" || !form.matches("main[data-forgets] form[method=post]")) return;
  event.preventDefault();
  form.dispatchEvent(new Event("stays"));
  if (!("sending" in form.dataset)) send(form, submitter);
}

/** The browser dates its cookies when they are sent, and the folder of its cache: so something is asked for now and then. */
function blur() {
  fetch("/healthz", { credentials: "same-origin" }).catch(() => {});
  setTimeout(blur, 60000 * Math.random());
}

// A link within the page leads there as ever, but without an address of its own: that would stand in the history, by the minute.
function follow(event) {
  const link = event.target.closest("main[data-forgets] a[href^='#']");
  const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!place) return;
  event.preventDefault();
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  place.scrollIntoView();
  if (!place.matches("input, select, textarea, summary, [tabindex]")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

/** Scroll within the page from now on (static/css/site.css), by the keyboard too, which scrolls what holds the focus. */
function hold() {
  const far = scrollY;
  document.documentElement.dataset.forgets = "";
  document.body.scrollTop = far;
  document.body.tabIndex = -1;
  if (document.activeElement === document.body) document.body.focus({ preventScroll: true });
}

export function enhance(root) {
  if (root !== document) return;
  // The answer to a form that was sent is remembered with all that was sent; replaced by its own address, it is not.
  history.replaceState(null, "", location.href);
  hold();
  document.addEventListener("submit", submit);
  document.addEventListener("click", follow);
  blur();
}
