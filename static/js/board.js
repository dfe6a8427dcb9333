// The boxes of a scheme on a board, to be moved by pointer or by arrow keys. <div data-board> is filled from the number fields
// of the [data-box] rows in its form, and what is moved is written into them: they are what is sent, with or without this.

const SVG = "http://www.w3.org/2000/svg";
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const within = (value) => Math.min(100, Math.max(0, Math.round(value)));

class Board {
  constructor(board) {
    this.board = board;
    this.form = board.closest("form");
    this.rows = [...this.form.querySelectorAll("[data-box]")];
    this.lines = document.createElementNS(SVG, "svg");
    this.lines.setAttribute("viewBox", "0 0 100 100");
    this.lines.setAttribute("preserveAspectRatio", "none");
    this.lines.setAttribute("aria-hidden", "true");
    this.voice = document.createElement("p");
    this.voice.className = "visually-hidden";
    this.voice.setAttribute("role", "status");
    this.area = document.createElement("div");
    this.area.className = "board-area";
    this.handles = this.rows.map((row) => this.handle(row));
    this.area.append(this.lines, ...this.handles);
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.textContent = document.getElementById("board-help").dataset.hint;
    board.append(hint, this.area, this.voice);
    this.form.addEventListener("input", () => this.draw());
    this.draw();
  }

  handle(row) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.setAttribute("aria-describedby", "board-help");
    handle.addEventListener("keydown", (event) => {
      const step = KEYS[event.key];
      if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const far = event.shiftKey ? 10 : 2;
      const [x, y] = this.place(row);
      this.move(row, x + step[0] * far, y + step[1] * far, true);
    });
    handle.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      handle.setPointerCapture(event.pointerId);
      handle.dataset.dragged = "";
    });
    handle.addEventListener("pointermove", (event) => {
      if (!("dragged" in handle.dataset)) return;
      const box = this.area.getBoundingClientRect();
      this.move(row, ((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100, false);
    });
    for (const end of ["pointerup", "pointercancel"]) handle.addEventListener(end, () => delete handle.dataset.dragged);
    return handle;
  }

  place(row) {
    return ["x", "y"].map((name) => {
      const value = Number.parseInt(field(row, name).value, 10);
      return Number.isNaN(value) ? 50 : within(value);
    });
  }

  /** Write a place into the row's fields; `aloud` says it too. */
  move(row, x, y, aloud) {
    field(row, "x").value = within(x);
    field(row, "y").value = within(y);
    field(row, "x").dispatchEvent(new Event("input", { bubbles: true }));
    if (aloud) this.voice.textContent = `${within(x)}, ${within(y)}`;
  }

  /** Show every box and arrow as the fields have them now. */
  draw() {
    this.rows.forEach((row, number) => {
      const [x, y] = this.place(row);
      const label = field(row, "label").value.trim();
      const order = field(row, "order").value;
      const handle = this.handles[number];
      handle.hidden = !label;
      handle.textContent = order ? `${order}. ${label}` : label;
      handle.style.insetInlineStart = `${x}%`;
      handle.style.insetBlockStart = `${y}%`;
    });
    this.lines.replaceChildren(...this.arrows().map(([from, to, heavy]) => this.line(from, to, heavy)));
  }

  /** The pairs of rows that are joined, those of the cycle first. */
  arrows() {
    const round = this.rows.filter((row) => field(row, "order").value && field(row, "label").value.trim())
      .sort((one, other) => field(one, "order").value - field(other, "order").value);
    const cycle = round.length > 1 ? round.map((row, place) => [row, round[(place + 1) % round.length], true]) : [];
    const links = [...this.form.querySelectorAll("[data-link]")].map((link) =>
      ["start", "end"].map((name) => this.rows[Number.parseInt(field(link, name).value, 10)]));
    return [...cycle, ...links.filter(([from, to]) => from && to)];
  }

  line(from, to, heavy) {
    const [x1, y1] = this.place(from);
    const [x2, y2] = this.place(to);
    const line = document.createElementNS(SVG, "line");
    for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) line.setAttribute(name, value);
    if (heavy) line.setAttribute("class", "round");
    return line;
  }
}

const boards = new WeakMap();

export function enhance(root) {
  for (const board of root.querySelectorAll("div[data-board]")) if (!boards.has(board)) boards.set(board, new Board(board));
}
