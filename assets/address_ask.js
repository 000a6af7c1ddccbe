/* The address desk asks the server, and has it write one thing after the other. */
(function () {
  "use strict";
  const { answered, ...desk } = window.deskPage;
  const { told, element, zh, tongue, made, note, pause } = desk;
  const ROOT = "/api/addresses";
  const LONGEST_POLL = 1500; // milliseconds between two questions about a long work
  const TRIES = 12; // to begin one while somebody else is writing

  const metres = (m) => (m < 1000 ? `${Math.max(10, Math.round(m / 10) * 10)} m` : `${(m / 1000).toFixed(1)} km`);
  const timeZone = element("body").dataset.timezone;
  const moment = (at) => new Intl.DateTimeFormat(zh ? "zh-CN" : "en-GB", { timeZone, year: "numeric", month: "numeric",
    day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(at));

  const button = (text, name, act) => {
    const node = made("button", text, name);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  };
  /* What people said, names and the clerk's reasons are Chinese, on the English page too. */
  const chinese = (node, is = true) => {
    if (is && !zh) node.lang = "zh-CN"; else node.removeAttribute("lang");
    return node;
  };
  const because = (node, group) => {
    const known = told.reasons[group.code];
    node.textContent = known ? known.replace("{name}", group.mention) : group.why;
    return chinese(node, !known);
  };

  const ask = async (method, path, body) => (await answered(method, ROOT + path, body)).json();

  async function begun(method, path, body) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(method, path, body);
      } catch (error) {
        if (error.status !== 409 || tries === TRIES) throw error;
      }
      await pause(700);
    }
  }

  /* What came of a work; a lost connection is told and asked again. */
  async function ended(id, running = () => null) {
    for (let wait = 200; ; wait = Math.min(LONGEST_POLL, wait * 1.3)) {
      try {
        const state = await ask("GET", `/work/${id}`);
        note("");
        if (state.phase === "done") return state.result;
        if (state.phase !== "running") throw Object.assign(new Error(tongue(state, "error") || state.phase), { status: 500 });
        running(state.seconds);
      } catch (error) {
        if (error.status) throw error;
        note(error.message);
      }
      await pause(wait);
    }
  }

  /* One writes at a time; what is asked meanwhile waits for its turn. */
  let line = Promise.resolve();
  const inTurn = (act) => (line = line.catch(() => null).then(act));

  const undo = (batch) => inTurn(async () => ended((await begun("DELETE", `/decisions/${batch}`)).id));

  window.addressPage = { ...desk, metres, moment, button, chinese, because, ask, begun, ended, inTurn, undo };
})();
