// <form data-adds="list"> sends its one line without leaving the page: the element with that id is replaced by the answer's, the
// line is emptied and keeps the focus, so that a phone's keyboard stays up. What was typed stays where it could not be sent.

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

async function send(form) {
  const line = form.querySelector("input:not([type=hidden])");
  const typed = line.value;
  const sent = new FormData(form);
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin", signal: AbortSignal.timeout(10000) });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = fresh.getElementById(form.dataset.adds);
    if (!answer.ok || !list) return form.submit(); // the page itself says what is wrong, and keeps what was typed
    document.getElementById(form.dataset.adds).replaceWith(document.adoptNode(list));
    document.querySelector("[data-error-summary]")?.remove();
    if (line.value === typed) line.value = "";
    line.focus();
    told(form).textContent = "";
  } catch {
    told(form).textContent = page.unsent;
  }
}

export function enhance(root) {
  for (const form of root.querySelectorAll("form[data-adds]:not([data-adding])")) {
    form.dataset.adding = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
