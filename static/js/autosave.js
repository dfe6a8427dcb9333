// Saves a draft while it is being written. <form data-autosave> posts itself to its own address with autosave=1 a moment after
// the last keystroke. The text lives in the page and on the server, nowhere else: nothing goes into the browser's storage,
// which would outlive the sign-out on a shared computer. When the connection is lost it says so and tries again, and the
// form cannot be sent into the void: submitting saves first, and stays on the page if that fails.
//
// The server answers 2xx when the draft is kept (JSON {"fields": {"version": "4"}} writes hidden fields back,
// {"notes": {"name": ["a sentence"]}} says what is wrong with what was kept, in [data-note="name"], and shows [data-noted="name"]), 409 when it was
// changed in another tab, 422 when it cannot be kept as it is. A redirect means signed out; a 403 too, or that its writer has
// signed in again meanwhile, in another tab: the page's token is renewed then and the draft sent once more.

const PAUSE = 1200; // ms after the last keystroke
const LONGEST = 30000; // ms between two tries while the connection is down
const page = document.getElementById("words").dataset;
const { token } = document.getElementById("site-script").dataset; // the module, which is seldom needed

class Draft {
  constructor(form) {
    this.form = form;
    this.wait = PAUSE;
    this.dirty = false;
    this.output = form.querySelector("[data-autosave-status]") ?? this.line();
    form.addEventListener("input", () => { this.dirty = true; this.later(PAUSE); });
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.dirty && this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.save());
  }

  line() {
    const output = document.createElement("p");
    output.className = "autosave";
    output.setAttribute("role", "status");
    (this.form.querySelector(".actions") ?? this.form.lastElementChild).before(output);
    return output;
  }

  say(state) {
    this.output.dataset.state = state;
    this.output.textContent = this.form.dataset[state] ?? page[state]; // A form may say it in words of its own.
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** Send the draft once; true when the server holds it. A save under way is waited for, and followed by one more. */
  async save() {
    clearTimeout(this.timer);
    if (!this.form.isConnected) return true; // its page was replaced, and what was typed since stands in the new one
    if ("sending" in this.form.dataset) { this.later(PAUSE); return false; }
    if (this.busy) { await this.busy; if (!this.dirty) return true; }
    this.busy = this.send();
    const kept = await this.busy;
    this.busy = null;
    return kept;
  }

  async send(renewed = false) {
    this.dirty = false;
    const body = new FormData(this.form);
    body.set("autosave", "1");
    try {
      const answer = await fetch(this.form.action, {
        method: "POST", body, redirect: "manual", credentials: "same-origin", headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(10000),
      });
      if (answer.status === 403 && !renewed && await (await import(token)).renew()) return this.send(true);
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 401) return this.stop("out");
      if (answer.status === 409) return this.stop("conflict");
      if (answer.status === 422) return this.stop("invalid");
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
        const { fields, notes } = await answer.json();
        this.write(fields ?? {});
        if (notes) this.note(notes);
      }
    } catch {
      this.dirty = true;
      this.say("lost");
      this.wait = Math.min(this.wait * 2, LONGEST);
      this.later(this.wait);
      return false;
    }
    this.wait = PAUSE;
    if (!this.dirty) { this.form.dispatchEvent(new Event("saved")); this.say(this.undone ? "undone" : "saved"); }
    return true;
  }

  stop(state) {
    this.dirty = true;
    this.say(state);
    return state !== "out"; // An ordinary submit then shows what is wrong, beside what was typed. Signed out, it would lose it.
  }

  write(fields) {
    for (const [name, value] of Object.entries(fields)) if (this.form.elements[name]) this.form.elements[name].value = value;
  }

  note(notes) {
    for (const mark of this.form.querySelectorAll("[data-noted]")) mark.hidden = !notes[mark.dataset.noted];
    for (const place of this.form.querySelectorAll("[data-note]")) {
      const sentences = notes[place.dataset.note] ?? [];
      place.hidden = !sentences.length;
      place.replaceChildren(...sentences.map((said) => Object.assign(document.createElement("p"), { textContent: said })));
    }
  }

  async submit(event) {
    if (this.sure) return;
    event.preventDefault();
    const { submitter } = event;
    this.undone = false;
    this.undone = !(await this.save()); // what is saved by itself later is not what was pressed
    if (this.undone) return this.output.scrollIntoView({ block: "nearest" });
    this.sure = true;
    delete this.form.dataset.sent;
    this.form.requestSubmit(submitter);
    this.sure = false;
  }
}

const drafts = new WeakMap();

export function enhance(root) {
  if (root.querySelector("form[data-autosave]")) document.documentElement.dataset.saves = ""; // what the page says of it is true now
  for (const form of root.querySelectorAll("form[data-autosave]")) if (!drafts.has(form)) drafts.set(form, new Draft(form));
}
