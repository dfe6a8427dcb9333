// <form data-adds="list"> sends its one line without leaving the page: the element with that id is replaced by the answer's, the
// line is emptied and keeps the focus, so that a phone's keyboard stays up. What was typed stays where it could not be sent.
// A [data-told] in the answer's form is said in this one. <… data-while="list"> around the form goes as soon as the list comes
// without data-progress (static/js/progress.js): nobody can add to it any more. What was being typed stays to be read.

const page = document.getElementById("words").dataset;

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
  line.removeAttribute("aria-describedby");
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
    const typed = form.querySelector("input:not([type=hidden])").value.trim();
    const left = Object.assign(document.createElement("p"), { className: "quote", textContent: typed });
    if (around.contains(document.activeElement)) now.focus();
    around.replaceWith(...(typed ? [left] : []));
  });
  watch.observe(list.parentNode, { childList: true });
}

async function send(form) {
  const line = form.querySelector("input:not([type=hidden])");
  const typed = line.value;
  const sent = new FormData(form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin", signal: AbortSignal.timeout(10000) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = fresh.getElementById(form.dataset.adds);
    if (!answer.ok || !list) {
      form.dispatchEvent(new Event("saved")); // unsaved.js need not warn: what was typed goes along
      return form.submit(); // the page itself says what is wrong, and keeps what was typed
    }
    document.getElementById(form.dataset.adds).replaceWith(document.adoptNode(list));
    forgive(form, line);
    if (line.value === typed) line.value = "";
    line.focus();
    told(form).textContent = fresh.querySelector("[data-told]")?.textContent ?? "";
  } catch {
    told(form).textContent = page.unsent;
  }
}

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-adds]:not([data-adding])")) {
    form.dataset.adding = "";
    outlast(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
