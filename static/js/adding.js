// <form data-adds="list"> sends what is typed without leaving the page: its field is emptied at once and keeps the focus, so that the
// next word can be typed while this one travels, and the element with that id is replaced by the answer's. Return sends, and several
// lines that were pasted go together; Shift and Return begin a new line. Words are sent one after
// the other, in the order in which they were typed. What could not be sent comes back into the line, before what stands there since.
// A [data-told] in the answer's form is said in this one. <… data-while="list"> around the form goes as soon as the list comes
// without data-progress (static/js/progress.js): nobody can add to it any more. What was being typed stays to be read.

const page = document.getElementById("words").dataset;
const FIELD = "textarea, input:not([type=hidden])";
const queues = new WeakMap(); // of each form what waits to be sent: the words, and the body that carries them

/** Whatever was typed into a form and is not on the list yet. */
function typedIn(form, line) {
  return [...(queues.get(form) ?? []).map(([typed]) => typed), line.value.trim()].filter(Boolean).join("\n");
}

function told(form) {
  let voice = form.querySelector("[data-told]");
  if (!voice) {
    voice = document.createElement("p");
    voice.className = "soft";
    voice.dataset.told = "";
    voice.setAttribute("role", "status");
    form.append(voice);
  }
  return voice;
}

/** Take away what the page said of an earlier mistake. */
function forgive(form, line) {
  document.querySelector("[data-error-summary]")?.remove();
  for (const error of form.querySelectorAll(".error")) error.remove();
  line.closest(".field").classList.remove("field--error");
  line.removeAttribute("aria-invalid");
  const hint = form.querySelector(".hint");
  if (hint) line.setAttribute("aria-describedby", hint.id);
  else line.removeAttribute("aria-describedby");
}

/** Keep the form for as long as the list that it adds to is still asked for news. */
function outlast(form) {
  const around = form.closest("[data-while]");
  const list = around && document.getElementById(around.dataset.while);
  if (!list) return;
  const watch = new MutationObserver(() => {
    const now = document.getElementById(around.dataset.while);
    if (!now || now.dataset.progress) return;
    watch.disconnect();
    const typed = typedIn(form, form.querySelector(FIELD));
    const left = Object.assign(document.createElement("p"), { className: "quote", textContent: typed });
    if (around.contains(document.activeElement)) now.focus();
    around.replaceWith(...(typed ? [left] : []));
  });
  watch.observe(list.parentNode, { childList: true });
}

/** Send what waits, the oldest first. What cannot be sent comes back into the line. */
async function send(form, line, waiting) {
  while (waiting.length) {
    try {
      const [, body] = waiting[0];
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", signal: AbortSignal.timeout(10000) });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = fresh.getElementById(form.dataset.adds);
      if (!answer.ok || !list) throw answer;
      document.getElementById(form.dataset.adds).replaceWith(document.adoptNode(list));
      forgive(form, line);
      told(form).textContent = fresh.querySelector("[data-told]")?.textContent ?? "";
      waiting.shift();
    } catch (why) {
      const alone = waiting.length === 1 && !line.value;
      line.value = typedIn(form, line);
      waiting.length = 0;
      if (!form.isConnected) return; // nobody can add to the list any more, and what waited stands there to be read
      // The page itself says what is wrong, and keeps what was typed; but it is not sent while somebody types on.
      if (why instanceof Response && alone) {
        form.dispatchEvent(new Event("saved")); // unsaved.js need not warn: what was typed goes along
        return form.submit();
      }
      told(form).textContent = why instanceof Response ? page.refused : page.unsent;
    }
  }
}

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-adds]:not([data-adding])")) {
    form.dataset.adding = "";
    outlast(form);
    const line = form.querySelector(FIELD);
    const waiting = [];
    let added = -Infinity; // when something was last sent
    queues.set(form, waiting);
    line.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!line.value.trim()) {
        // The second click of two, or nothing to send yet.
        if (!waiting.length && event.timeStamp - added > 700) told(form).textContent = page.blank;
        return line.focus();
      }
      added = event.timeStamp;
      waiting.push([line.value, new FormData(form)]);
      line.value = "";
      line.focus();
      if (waiting.length === 1) send(form, line, waiting);
    });
    addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
  }
}
