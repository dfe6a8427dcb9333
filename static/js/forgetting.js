// What somebody answers or objects to is theirs alone, on a shared or a managed computer too: nothing of it stays in the browser's
// files. For pages with <main data-forgets>, whose forms say autocomplete="off": else the browser writes what is typed into its files,
// and shows it to whoever goes back to the page or opens its tab again, though somebody else has signed in since.

const site = document.getElementById("site-script");
const { enhance: enhanced, say } = await import(site.src);
const page = document.getElementById("words").dataset;
const sending = new WeakSet();

/** Send a form, once more with the token of now should its own have run out. The cache, whose folder is dated, is not touched. */
async function post(form, submitter, renewed = false) {
  const body = new FormData(form);
  if (submitter?.name) body.append(submitter.name, submitter.value);
  const address = submitter?.getAttribute("formaction") ?? form.action;
  const answer = await fetch(address, {
    method: "POST", body, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(60000),
  });
  if (answer.status !== 403 || renewed) return answer;
  const { renew } = await import(site.dataset.token);
  return await renew() ? post(form, submitter, true) : answer;
}

/** What to say where the answer to a form is not a page that could stand in place of this one; else nothing. */
function refusal(answer, fresh) {
  if (answer.status === 403 || new URL(answer.url).pathname !== location.pathname) return page.out;
  return answer.status < 500 && fresh.querySelector(".page main") ? "" : page.failed;
}

/** The button in the answered page that stands where one was pressed: in the same question, or at the end of the same form. */
function counterpart(form, submitter, now) {
  const nth = [...document.querySelectorAll("main form")].indexOf(form);
  const question = submitter?.closest(".question")?.id;
  const again = now.querySelectorAll("main form")[nth];
  return again?.querySelector(question ? `[id="${question}"] button` : ".actions button") ?? again?.querySelector("button");
}

/** Let the page that was answered stand in place of this one, and say what it has to say where somebody is reading. */
function show(fresh, form, submitter) {
  const [old, now] = [document, fresh].map((one) => one.querySelector(".page"));
  const button = counterpart(form, submitter, now);
  const first = ["[data-error-summary]", "[role=alert]", "main [role=status]", "main"].map((one) => now.querySelector(one)).find(Boolean);
  for (const one of now.querySelectorAll("[autofocus]")) one.removeAttribute("autofocus");
  document.title = fresh.title;
  old.replaceWith(document.adoptNode(now));
  enhanced(now);
  let told = first;
  if (button) {
    const wrong = first.matches("[role=alert]");
    told = say(button.form, button, first.querySelector("p, h2").textContent, wrong ? "lost" : "saved");
    const link = wrong && first.querySelector("a[href^='#']");
    if (link) told.append(" ", link.cloneNode(true));
  }
  if (!told.hasAttribute("tabindex")) told.tabIndex = -1;
  told.focus({ preventScroll: Boolean(button) });
}

/** Send a form without leaving the page: one that was left would stand in the browser's history, with the moment. */
async function send(form, submitter) {
  sending.add(form);
  form.querySelector("[data-stays]")?.remove();
  let words = page.unsent;
  try {
    const answer = await post(form, submitter);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    words = refusal(answer, fresh);
    if (!words) return show(fresh, form, submitter);
  } catch {} // the connection is lost, or was before the whole answer had come
  finally { sending.delete(form); }
  delete form.dataset.sent;
  for (const line of form.querySelectorAll("[data-working]")) line.textContent = "";
  say(form, submitter, words);
}

function submit(event) {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || submitter?.formTarget === "_blank" || !form.matches("main[data-forgets] form[method=post]")) return;
  event.preventDefault();
  form.dispatchEvent(new Event("stays"));
  if (!sending.has(form)) send(form, submitter);
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
