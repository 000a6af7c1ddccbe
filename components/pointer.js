/* Hover and click: names what lies under the pointer at once, and writes the address it leads to. */
(function () {
  "use strict";
  const { same } = window.onemapParts;

  function text(row, feature) {
    const value = feature.properties[row.name];
    if (value === undefined || value === null || value === "") return null;
    return `${row.title} ${row.words[value] || value}${row.unit ? " " + row.unit : ""}`;
  }

  class Pointer {
    constructor(map, box, tip) { Object.assign(this, { map, box, tip, hovered: null, scene: null }); }

    /* What lies under a point, topmost first: things that can be opened, and things that have only a name. */
    under(point) {
      const found = [];
      for (const target of this.scene ? [...this.scene.targets].reverse() : []) {
        const layers = target.layers.filter((id) => this.map.getLayer(id));
        const feature = layers.length && this.map.queryRenderedFeatures(point, { layers })[0];
        if (feature) found.push({ target, feature });
      }
      return found;
    }

    move(event) {
      const under = this.under(event.point);
      const opens = under.find((f) => f.target.go);
      this.light(opens && opens.feature);
      this.map.getCanvas().style.cursor = opens ? "pointer" : "";
      const told = under.slice(0, under.indexOf(opens) + 1 || 1);
      if (!told.length) { this.tip.hidden = true; return; }
      this.tip.replaceChildren(...told.flatMap((f) => this.lines(f)));
      this.tip.hidden = false;
      const { x, y } = event.point;
      const flip = x > this.box.clientWidth - this.tip.offsetWidth - 30;
      this.tip.style.transform = `translate(${flip ? x - this.tip.offsetWidth - 14 : x + 14}px, ${y + 14}px)`;
    }

    lines({ target, feature }) {
      const named = (this.scene.lang === "en" && feature.properties.name_en) || feature.properties.name;
      const line = (kind, words) => {
        const div = document.createElement("div");
        div.className = kind;
        div.textContent = words;
        return div;
      };
      const out = [line("tip-name", named || feature.properties.id || "")];
      const { values } = this.scene;
      if (values && values.sources.includes(feature.source)) {
        const v = values.list[feature.id - values.first];
        if (v !== undefined) out.push(line("tip-value", `${values.title} ${v === null ? "—" : v.toLocaleString("en-US")} ${values.unit}`));
      }
      for (const row of target.rows) {
        const words = text(row, feature) || this.stateOf(row, feature);
        if (words) out.push(line("tip-row", words));
      }
      return out;
    }

    stateOf(row, feature) {
      if (row.name !== "state") return null;
      const { v } = this.map.getFeatureState({ source: feature.source, id: feature.id });
      return v ? row.words[v] || v : null;
    }

    light(feature = null) {
      const key = (f) => f && { source: f.source, id: f.id, ...(f.sourceLayer ? { sourceLayer: f.sourceLayer } : {}) };
      if (same(key(feature), key(this.hovered))) return;
      if (this.hovered && this.map.getSource(this.hovered.source)) this.map.setFeatureState(key(this.hovered), { hover: false });
      if (feature) this.map.setFeatureState(key(feature), { hover: true });
      this.hovered = feature || null;
    }

    leave() { this.light(null); this.tip.hidden = true; }

    click(event) {
      const found = this.under(event.point).find((f) => f.target.go);
      if (!found) return;
      const { go } = found.target;
      const of = (name) => found.feature.properties[name];
      if (go.area) window.onemap.go({ area: of(go.area), selected: null });
      else window.onemap.go({ selected: go.selected + of(go.from) });
    }
  }

  window.onemapParts.Pointer = Pointer;
})();
