/* The address desk: the names in their order, the tabs, and what a decision changes. */
(function () {
  "use strict";
  const page = window.addressPage;
  const { told, element, say, count, made, button, list, shown, ask, pause, chinese, because } = page;
  const TABS = ["queue", "coverage", "decided"];
  const PAGE = 20; // names that are asked for at once
  const leaving = new Set(); // names that have been decided about and are being written
  let names = [];
  let whole = null;
  let chosen = null;
  let turn = 0;

  const path = (limit, offset) => `/queue?${new URLSearchParams({ limit, offset, crs: told.crs })}`;

  /* ---- the names ---- */
  function row(group, most) {
    const bar = made("span", "", "bar", made("span", "", "bar-fill"));
    bar.firstChild.style.width = `${most ? (100 * group.count) / most : 0}%`;
    const node = button("", "name", () => choose(group));
    node.append(chinese(made("span", group.mention, "name-said")), made("span", say("pieces", { count: count(group.count) }), "name-count figures"),
      bar, because(made("span", "", "name-why"), group));
    node.dataset.mention = group.mention;
    return made("li", "", "", node);
  }

  function render() {
    const most = Math.max(0, ...names.map((group) => group.count));
    list("names", names.length ? names.map((group) => row(group, most)) : [made("li", say("all_done"), "nothing")]);
    const left = whole.groups - names.length;
    shown("more", left > 0);
    element("more").textContent = say("more", { count: count(Math.min(PAGE, left)) });
    const parts = { groups: count(whole.groups), appeals: count(whole.appeals), silent: count(whole.silent) };
    list("queue-told", [say("queue_of", parts), made("br"), say("queue_rest", parts)]);
    offer();
    mark();
  }

  function mark() {
    for (const node of element("names").querySelectorAll(".name")) {
      node.toggleAttribute("aria-current", node.dataset.mention === chosen);
    }
  }

  function choose(group) {
    chosen = group ? group.mention : null;
    mark();
    page.open(group);
  }

  function preparing(state) {
    shown("preparing", true);
    const part = element("preparing-part");
    if (state.of) { part.max = state.of; part.value = state.done; } else part.removeAttribute("value");
    element("preparing-told").textContent = state.of ? say("preparing_of", { done: count(state.done), of: count(state.of) }) : say("preparing");
  }

  /* Ask until the queue is that of the newest facts; what there is meanwhile is shown. */
  async function load() {
    const mine = ++turn;
    for (let wait = 300; ; wait = Math.min(3000, wait * 1.4)) {
      const state = await ask("GET", path(Math.min(50, Math.max(PAGE, names.length)), 0));
      if (mine !== turn) return;
      if (state.state === "preparing") preparing(state);
      else {
        shown("preparing", false);
        whole = state;
        names = state.shown.filter((group) => !leaving.has(group.mention));
        render();
        if (element("group").hidden || !names.some((group) => group.mention === chosen)) {
          choose(names.find((group) => group.mention === chosen) || names[0] || null);
        }
        if (state.state === "ready") { element("queue").dataset.ready = "true"; return; }
      }
      await pause(wait);
      if (mine !== turn) return;
    }
  }

  async function more() {
    const mine = turn;
    const state = await ask("GET", path(PAGE, names.length));
    if (mine !== turn || !state.shown) return;
    const known = new Set(names.map((group) => group.mention));
    names = [...names, ...state.shown.filter((group) => !known.has(group.mention) && !leaving.has(group.mention))];
    render();
  }

  /* ---- a decision ---- */
  let last = null; // the batch that the sentence speaks of
  let about = null; // and the name that it is of
  function verdict(text, batch = null, mention = null) {
    last = batch;
    about = mention;
    shown("verdict", Boolean(text));
    element("verdict-told").textContent = text;
    shown("verdict-undo", batch !== null);
  }

  function leave(mention) {
    leaving.add(mention);
    const at = names.findIndex((group) => group.mention === mention);
    names = names.filter((group) => group.mention !== mention);
    whole = { ...whole, groups: whole.groups - 1 };
    render();
    choose(names[Math.min(at, names.length - 1)] || null);
  }

  function settled(mention) {
    leaving.delete(mention);
    load().catch(page.failed);
  }

  window.addEventListener("address-undone", ({ detail }) => {
    chosen = detail || chosen;
    page.open(null);
    load().catch(page.failed);
  });
  element("verdict-undo").addEventListener("click", async () => {
    const [batch, mention] = [last, about];
    verdict(say("undoing"));
    try {
      await page.back(batch, mention);
      verdict(say("was_undone"));
    } catch (error) {
      verdict(error.message, batch, mention);
    }
  });

  /* ---- what needs no decision ---- */
  let placing = false;
  let placed = false; // what is told of the facts before is not so any more
  function offer() {
    if (placing) return;
    if (whole.state === "ready") placed = false;
    shown("ready", whole.ready > 0 && !placed);
    element("ready-told").textContent = say("ready", { count: count(whole.ready) });
    element("place").disabled = false;
  }

  /* The work is remembered, so that a reload goes on telling how far it is. */
  async function place(begin) {
    placing = true;
    element("place").disabled = true;
    verdict("");
    const of = (seconds) => {
      const { expected } = JSON.parse(sessionStorage.getItem("placing"));
      element("ready-told").textContent = say("placing_all", { count: count(expected), seconds: Math.floor(seconds) });
    };
    try {
      const work = await begin();
      sessionStorage.setItem("placing", JSON.stringify(work));
      shown("ready", true);
      of(0);
      const done = await page.ended(work.id, of);
      placed = true;
      verdict(say("placed_all", { count: count(done.placed) }), done.batch);
    } catch (error) {
      page.failed(error);
    } finally {
      placing = false;
      sessionStorage.removeItem("placing");
      shown("ready", false);
      load().catch(page.failed);
    }
  }
  element("place").addEventListener("click", () => page.inTurn(() => place(() => page.begun("POST", "/ready"))));
  const before = sessionStorage.getItem("placing");
  if (before) page.inTurn(() => place(async () => JSON.parse(before)));
  Object.assign(page, { verdict, leave, settled });

  /* ---- the tabs ---- */
  const FILL = { queue: load, coverage: () => page.coverage(), decided: () => page.decided() };
  function show() {
    const wanted = TABS.includes(location.hash.slice(1)) ? location.hash.slice(1) : "queue";
    for (const name of TABS) {
      shown(name, name === wanted);
      element(`tab-${name}`).setAttribute("aria-selected", String(name === wanted));
    }
    FILL[wanted]().catch((error) => { turn += 1; page.failed(error); });
  }
  for (const name of TABS) element(`tab-${name}`).addEventListener("click", () => { location.hash = name === "queue" ? "" : name; });
  element("more").addEventListener("click", () => more().catch(page.failed));
  window.addEventListener("hashchange", show);
  window.addEventListener("desk-token", show);
  show();
})();
