/* One name: what it may mean, what people said, and the one click that decides. */
(function () {
  "use strict";
  const page = window.addressPage;
  const { told, element, say, count, metres, moment, made, button, list, shown, ask, chinese, because } = page;
  const TYPING = 180; // milliseconds of rest before a search is asked
  let group = null;
  let turn = 0;

  const level = (name) => told.levels[name] || name;
  const rows = () => [...element("candidates").children];

  function candidate(one, number) {
    const { place } = one;
    const facts = [say(one.how)];
    if (one.distance_m !== null) facts.push(say("away", { metres: metres(one.distance_m) }));
    const item = made("li", "", `candidate candidate--${one.how}`,
      made("span", String(number), "pin"),
      made("div", "", "candidate-told", made("b", place.name),
        made("span", [level(place.level), place.within].filter(Boolean).join(" · "), "candidate-where"),
        made("span", facts.join(" · "), "candidate-why"),
        made("span", "", "candidate-would figures")),
      button(say("choose"), "choose", () => decide(place.id)));
    item.dataset.id = place.id;
    item.addEventListener("mouseenter", () => page.light(number));
    item.addEventListener("mouseleave", () => page.light(0));
    return item;
  }

  function example(one) {
    const where = [one.area, one.channel, moment(one.at)].filter(Boolean).join(" · ");
    const quote = chinese(made("q", ""));
    const parts = one.text.split(group.mention);
    parts.forEach((part, i) => quote.append(...(i ? [made("mark", group.mention)] : []), part));
    return made("li", "", "", quote, made("small", where, "figures"));
  }

  function open(next) {
    group = next;
    turn += 1;
    shown("group", Boolean(group));
    element("other").value = "";
    shown("found", false);
    if (!group) { page.clear(); return; }
    element("mention").textContent = group.mention;
    chinese(element("mention"));
    element("unlocks").textContent = count(group.count);
    because(element("why"), group);
    list("candidates", group.candidates.length ? group.candidates.map((one, i) => candidate(one, i + 1))
      : [made("li", say("no_candidates"), "nothing")]);
    list("examples", group.examples.map(example));
    element("group").scrollTop = 0;
    page.show(group, (number) => rows()[number - 1].scrollIntoView({ block: "nearest" }));
    promise(turn);
  }

  /* What each candidate would place, one after the other, as long as this name is the one shown. */
  async function promise(mine) {
    for (const item of rows().filter((row) => row.dataset.id)) {
      const asked = new URLSearchParams({ mention: group.mention, address_id: item.dataset.id });
      const answer = await ask("GET", `/preview?${asked}`).catch(() => null);
      if (mine !== turn) return;
      if (answer) item.querySelector(".candidate-would").textContent = say("would", { count: count(answer.placed) });
    }
  }

  /* The name leaves the queue at once, and the next one is open while this one is being written. */
  function decide(id) {
    if (!group) return;
    turn += 1;
    const { mention } = group;
    page.leave(mention);
    page.inTurn(() => written(mention, id));
  }

  async function written(mention, id) {
    page.verdict(say("deciding", { mention }));
    try {
      const work = await page.begun("POST", "/decisions", { mention, address_id: id });
      const { batch, placed } = await page.ended(work.id);
      page.verdict(say(id === null ? "decided_none" : "decided", { count: count(placed), mention }), batch, mention);
    } catch (error) {
      page.verdict(say("not_decided", { mention, why: error.message }));
    } finally {
      page.settled(mention);
    }
  }

  /* ---- any other address ---- */
  let typing = 0;
  element("other").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(search, TYPING);
  });
  element("other").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { element("other").value = ""; shown("found", false); }
    if (event.key === "ArrowDown" && element("found").querySelector("button")) element("found").querySelector("button").focus();
  });

  async function search() {
    const q = element("other").value.trim();
    shown("found", Boolean(q));
    if (!q) return;
    try {
      const { suggestions } = await ask("GET", `/suggest?${new URLSearchParams({ q })}`);
      if (q !== element("other").value.trim()) return;
      const usable = suggestions.filter((one) => one.kind === "addresses" || one.kind === "areas");
      list("found", usable.length ? usable.map((one) => made("li", "", "", button(one.name, "found-one", () => decide(one.id))))
        : [made("li", say("nothing_found"), "nothing")]);
    } catch (error) {
      list("found", [made("li", error.message, "nothing")]);
    }
  }

  element("no-place").addEventListener("click", () => decide(null));
  Object.assign(page, { open });
})();
