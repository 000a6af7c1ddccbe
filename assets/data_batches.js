/* The batches that were brought in, the newest first, each with a way back. */
(function () {
  "use strict";
  const page = window.dataPage;
  const { told, element, say, count, tongue, ask, download, made, list } = page;
  const SURE_FOR = 6000; // milliseconds that a question stays
  const undone = new Set();
  let busy = false;

  const timeZone = element("body").dataset.timezone;
  const moment = (at) => new Intl.DateTimeFormat(told.lang === "en" ? "en-GB" : "zh-CN", { timeZone,
    month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(at));

  function button(text, act) {
    const node = made("button", text, "link");
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  /* The first click asks, the second does; who does nothing has not said yes. */
  function undo(batch, row) {
    const node = button(say("undo"), () => {
      if (busy) return;
      if (node.dataset.sure) { back(batch, row); return; }
      node.dataset.sure = "yes";
      node.textContent = say("undo_sure", { count: count(batch.accepted) });
      setTimeout(() => { delete node.dataset.sure; node.textContent = say("undo"); }, SURE_FOR);
    });
    return node;
  }

  async function back(batch, row) {
    busy = true;
    const line = made("span", "", "batch-told");
    row.querySelector(".batch-ways").replaceChildren(line);
    const running = (n) => { line.textContent = say("undoing", { seconds: Math.floor(n) }); };
    running(0);
    try {
      const { id } = await ask("POST", `/batches/${batch.number}/undo`);
      const end = await page.follow(id, "undo", running);
      if (end && end.undo.phase !== "done") throw new Error(tongue(end.undo, "error"));
      await show();
      window.dispatchEvent(new CustomEvent("data-undone"));
    } catch (error) {
      await show();
      const failed = element("batches").querySelector(`[data-batch="${batch.number}"]`);
      if (failed) failed.append(made("p", error.message, "fault"));
    } finally {
      busy = false;
    }
  }

  function row(batch) {
    const item = made("li", "");
    item.dataset.batch = batch.number;
    item.classList.toggle("is-undone", batch.undone);
    const name = [told.kinds[batch.kind] || batch.kind, batch.file || batch.layer].filter(Boolean).join(" · ");
    const what = made("span", `${batch.number}`, "batch-number figures");
    const title = made("span", name, "batch-name");
    title.title = name;
    const facts = [moment(batch.at)];
    if (batch.read) facts.push(say("rows", { count: count(batch.accepted) }));
    if (batch.rejected) facts.push(say("held", { count: count(batch.rejected) }));
    if (batch.crs && batch.crs !== "EPSG:4326") facts.push(batch.crs);
    const ways = made("span", "", "batch-ways");
    if (batch.has_rejects) {
      ways.append(button(say("held_csv"), () => download(`/batches/${batch.number}/rejects`, `batch-${batch.number}.rejects.csv`)
        .catch((error) => page.note(error.message))));
    }
    if (batch.can_undo) ways.append(undo(batch, item));
    if (batch.undone) ways.append(made("span", say("undone"), "batch-told"));
    item.append(what, title, ways, made("span", facts.join(" · "), "batch-facts figures"));
    return item;
  }

  async function show() {
    try {
      const { batches } = await ask("GET", "/batches");
      for (const batch of batches) if (batch.undone) undone.add(batch.number);
      list("batches", batches.length ? batches.map(row) : [made("li", say("no_batches"), "nothing")]);
    } catch (error) {
      if (error.status !== 401 && error.status !== 403) page.note(error.message);
    }
  }

  Object.assign(page, { batches: show, isUndone: (number) => undone.has(number) });
})();
