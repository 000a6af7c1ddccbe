/* What a look at a file has found, on the page; and what a person has chosen there. */
(function () {
  "use strict";
  const { element, say, count, tongue, made, list, shown } = window.dataPage;

  /* ---- what is chosen: kind, CRS, mapping, and the names of a layer ---- */
  let edited = false; // whether the mapping on the page is a person's own
  let typed = false; // and whether it was changed while the file was being looked at

  function chosen() {
    const system = element("crs").value;
    const number = element("epsg").value.replace(/\D/g, "");
    return {
      kind: element("kind").value,
      crs: system === "other" ? (number ? `EPSG:${number}` : "") : system,
      mapping: edited && element("kind").value !== "layer" ? element("toml").value : "",
      id: element("layer-id").value.trim(),
      title: element("layer-title").value.trim(),
    };
  }

  function chooseSystem(crs) {
    const known = [...element("crs").options].some((option) => option.value === crs);
    element("crs").value = known ? crs : "other";
    if (!known) element("epsg").value = crs.replace(/^EPSG:/, "");
    rows();
  }

  function rows() {
    shown("epsg-row", element("crs").value === "other");
    shown("layer-row", element("kind").value === "layer");
    shown("toml-row", element("kind").value !== "layer");
  }

  /* ---- what was found ---- */
  function mapping(look) {
    element("kind").value = look.kind;
    chooseSystem(look.crs);
    if (look.kind === "layer") {
      element("layer-id").value = look.id;
      element("layer-title").value = look.title;
      element("read-by").textContent = "";
      return list("doubts", []);
    }
    if (!typed) {
      edited = look.mapping_name === "edited";
      element("toml").value = look.mapping;
    }
    const by = ["proposed", "edited"].includes(look.mapping_name) ? look.mapping_name : "shipped";
    element("read-by").textContent = say(look.complete ? by : "incomplete", { name: look.mapping_name });
    element("read-by").classList.toggle("is-bad", !look.complete);
    if (!look.complete) element("toml-row").open = true;
    return list("doubts", tongue(look, "doubts").map((doubt) => made("li", doubt)));
  }

  function numbers(look) {
    element("would").textContent = count(look.accepted);
    const crs = look.suspected ? say("in_suspected", { crs: look.suspected }) : say("in_crs", { crs: look.found_crs });
    const parts = [say("of_read", { read: count(look.read) }), say("held", { count: count(look.rejected) })];
    if (look.unplaced) parts.push(say("unplaced", { count: count(look.unplaced) }));
    element("counts").textContent = [...parts, crs].join(" · ");
  }

  function warnings(look) {
    const sentence = (doubt) => made("li", tongue(doubt, "sentence"), "lamp-line");
    list("warnings", look.warnings.filter((doubt) => !doubt.asks).map(sentence));
    list("asked", look.warnings.filter((doubt) => doubt.asks).map(sentence));
    shown("question", look.asks);
    shown("use", Boolean(look.suspected));
    element("use").textContent = say("use", { crs: look.suspected });
    element("anyway").textContent = say("anyway");
    element("anyway").setAttribute("aria-pressed", "false");
  }

  function rejects(look) {
    list("few-rejects", look.rejects.map((reject) => {
      const item = made("li", "");
      item.append(made("b", say("line", { line: count(reject.line) })), ` ${reject.column} `,
        made("q", reject.value), ` ${tongue(reject, "reason")}`);
      item.title = tongue(reject, "cure");
      if (!reject.value) item.querySelector("q").remove();
      return item;
    }));
    shown("look-rejects", look.rejected > 0);
    element("look-rejects").textContent = say("rejects", { count: count(look.rejected) });
    shown("notes-row", look.notes.length > 0);
    element("notes-head").textContent = say("notes", { count: look.notes.length });
    list("notes", tongue(look, "notes").map((note) => made("li", note)));
  }

  function ten(look) {
    const head = made("tr", "");
    head.append(...look.table.columns.map((name) => made("th", name)));
    const body = look.table.rows.map((row) => {
      const tr = made("tr", "");
      tr.append(...row.map((text) => made("td", text)));
      return tr;
    });
    list("ten-rows", [head, ...body]);
    shown("ten", look.table.rows.length > 0);
    const all = look.accepted - look.unplaced;
    shown("map-legend", look.drawn > 0);
    element("map-legend").textContent = say("on_map", { drawn: count(look.drawn), count: count(all) });
  }

  function render(look) {
    mapping(look);
    shown("found", look.complete);
    if (!look.complete) return;
    numbers(look);
    warnings(look);
    rejects(look);
    ten(look);
  }

  function forget() {
    shown("found", false);
    shown("ten", false);
    shown("map-legend", false);
    window.dataPage.clear();
  }

  /* A new file, or another kind, is proposed anew. */
  const afresh = () => { edited = typed = false; };
  const settle = () => { typed = false; };
  const edit = () => { edited = typed = true; };
  Object.assign(window.dataPage, { chosen, chooseSystem, rows, render, forget, afresh, settle, edit });
})();
