/* The figures of the desk, each with what it is a part of, and the decisions that were made. */
(function () {
  "use strict";
  const page = window.addressPage;
  const { told, element, say, count, moment, made, button, list, shown, ask } = page;
  const SURE_FOR = 6000; // milliseconds that a question stays
  const FIGURES = ["matched", "first", "by_text", "by_clerk", "far", "empty", "repeated"];
  const GOOD = new Set(["matched", "first"]);

  const share = ({ count: n, of }) => (of ? `${((100 * n) / of).toFixed(1)}` : "—");
  const parts = ({ count: n, of }) => `${count(n)} / ${count(of)}`;
  const bar = ({ count: n, of }) => {
    const fill = made("span", "", "bar-fill");
    fill.style.width = of ? `${(100 * n) / of}%` : "0";
    return made("span", "", "bar", fill);
  };

  function figure(name, one) {
    const node = made("div", "", `share${GOOD.has(name) ? " share--main" : ""}`, made("span", say(name), "share-title"),
      made("span", "", "share-figure", made("b", share(one), "figures"), made("i", one.of ? "%" : "")),
      bar(one), made("span", parts(one), "share-parts figures"));
    node.dataset.share = name;
    return node;
  }

  function row(name, one) {
    const told = made("td", "", "", made("span", name, "row-name"), bar(one));
    return made("tr", "", "", told, made("td", parts(one), "figures"), made("td", one.of ? `${share(one)} %` : "—", "figures"));
  }

  const plain = (rows, none) => (rows.length ? rows : [made("li", none, "nothing")]);

  async function coverage() {
    const all = await ask("GET", "/coverage");
    shown("counting", false);
    list("figures", FIGURES.map((name) => figure(name, all[name])));
    list("by-community", all.by_community.map((one) => row(one.name, one)));
    list("by-channel", all.by_channel.map((one) => row(one.name || say("unknown_channel"), one)));
    list("by-level", all.by_level.map((one) => row(told.levels[one.name] || one.name, one)));
    list("without", plain(all.without.map((one) => made("li", "", "", made("span", one.name),
      made("span", `${one.code} · ${say("pieces", { count: count(one.of) })}`, "figures"))), say("no_empty")));
    list("twice", plain(all.duplicates.map((one) => made("li", "", "", made("span", one.name),
      made("span", `× ${count(one.count)}`, "figures"))), say("no_duplicates")));
  }

  /* ---- the decisions ---- */
  function undo(decision) {
    const node = button(say("undo"), "link", async () => {
      if (!node.dataset.sure) {
        node.dataset.sure = "yes";
        node.textContent = say("undo_sure", { count: count(decision.placed) });
        setTimeout(() => { delete node.dataset.sure; if (!node.disabled) node.textContent = say("undo"); }, SURE_FOR);
        return;
      }
      node.disabled = true;
      node.textContent = say("undoing");
      await back(decision.batch, decision.mention).catch(page.failed);
      await decided();
    });
    return node;
  }

  async function back(batch, mention) {
    await page.undo(batch);
    window.dispatchEvent(new CustomEvent("address-undone", { detail: mention }));
  }

  function line(one) {
    const means = one.mention === null ? "" : `→ ${one.address_id === null ? say("names_none") : one.name || one.address_id}`;
    const by = one.by === "local" ? say("here") : one.by;
    const item = made("li", "", one.undone ? "is-undone" : "",
      made("span", one.mention === null ? say("rematched") : one.mention, "decision-name"), made("span", means, "decision-means"),
      made("span", say("placed", { count: count(one.placed) }), "figures"),
      made("span", say("by", { by, at: moment(one.at) }), "decision-by figures"),
      one.undone ? made("span", say("undone"), "decision-by") : undo(one));
    item.dataset.batch = one.batch;
    return item;
  }

  async function decided() {
    const { decisions } = await ask("GET", "/decisions");
    list("decisions", decisions.length ? decisions.map(line) : [made("li", say("no_decisions"), "nothing")]);
  }

  Object.assign(page, { coverage, decided, back });
})();
