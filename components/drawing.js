/* What is drawn: a scene of style layers, the difference to the next one, and the picked feature. */
(function () {
  "use strict";
  const SLOTS = ["base", "areas", "heat", "roads", "borders", "points", "labels"];
  const EMPTY = -1e15; // inside the shown area, without a value
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  /* ---- sizes follow the root type, so that a wall is not a desk seen from afar ---- */
  const rootScale = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const SCALED = ["line-width", "line-blur", "circle-radius", "circle-stroke-width",
    "text-size", "text-halo-width", "text-padding"];

  function times(value, k) {
    if (typeof value === "number") return value * k;
    if (Array.isArray(value) && value[0] === "interpolate") {
      return value.map((part, i) => (i > 3 && i % 2 === 0 ? times(part, k) : part));
    }
    return ["*", k, value];
  }

  function scaled(spec, k) {
    const each = (group) => Object.fromEntries(Object.entries(group || {}).map(
      ([name, value]) => [name, SCALED.includes(name) ? times(value, k) : value]));
    const out = { ...spec, paint: each(spec.paint), layout: each(spec.layout) };
    if (spec.metadata.text && spec.minzoom) out.minzoom = spec.minzoom + Math.log2(k);
    if (spec.metadata.text && spec.maxzoom) out.maxzoom = spec.maxzoom + Math.log2(k);
    return out;
  }

  /* ---- the drawn scene and the difference to the next one ---- */
  class Drawing {
    constructor(map) { this.map = map; this.specs = new Map(); this.sources = {}; this.told = {}; this.order = []; }

    /* A style that comes back after a lost context has its layers, but no values of its areas. */
    forget() { this.told = {}; }

    apply(scene) {
      const k = rootScale();
      const wanted = ordered(scene.layers).map((spec) => scaled(spec, k));
      this.removeLayers(new Set(wanted.map((s) => s.id)));
      this.setSources(scene.sources);
      const order = wanted.map((spec) => spec.id);
      const moves = !same(order, this.order);
      let before;
      for (const spec of [...wanted].reverse()) {
        this.setLayer(spec, before, moves);
        before = spec.id;
      }
      this.order = order;
      this.tellValues(scene.values);
      for (const state of scene.states) this.tellStates(state);
    }

    removeLayers(kept) {
      for (const id of [...this.specs.keys()]) {
        if (!kept.has(id)) { this.map.removeLayer(id); this.specs.delete(id); }
      }
    }

    setSources(sources) {
      for (const [id, source] of Object.entries(sources)) {
        const old = this.sources[id];
        if (!old) this.map.addSource(id, source);
        else if (!same(old, source)) this.changeSource(id, source);
        this.sources[id] = source;
      }
    }

    changeSource(id, source) {
      const drawn = this.map.getSource(id);
      if (source.type === "vector") drawn.setTiles(source.tiles);
      else { drawn.setData(source.data); delete this.told[id]; }
    }

    setLayer(spec, before, moves) {
      const old = this.specs.get(spec.id);
      if (!old) this.map.addLayer(spec, before);
      else {
        this.change(old, spec);
        if (moves) this.map.moveLayer(spec.id, before);
      }
      this.specs.set(spec.id, spec);
    }

    change(old, spec) {
      const { map } = this;
      const names = (group) => new Set([...Object.keys(old[group]), ...Object.keys(spec[group])]);
      for (const name of names("paint")) {
        if (!same(old.paint[name], spec.paint[name])) map.setPaintProperty(spec.id, name, spec.paint[name]);
      }
      for (const name of names("layout")) {
        if (!same(old.layout[name], spec.layout[name])) map.setLayoutProperty(spec.id, name, spec.layout[name]);
      }
      if (!same(old.filter, spec.filter)) map.setFilter(spec.id, spec.filter || null);
      if (old.minzoom !== spec.minzoom || old.maxzoom !== spec.maxzoom) {
        map.setLayerZoomRange(spec.id, spec.minzoom ?? 0, spec.maxzoom ?? 24);
      }
    }

    /* Numbers by area number: what is not in the shown area loses its value. */
    tellValues(values) {
      if (!values) return;
      const next = new Map(values.list.map((v, i) => [values.first + i, v === null ? EMPTY : v]));
      for (const source of values.sources) if (this.sources[source]) this.tell(source, next);
    }

    tellStates(state) {
      const next = new Map(state.list.map((v, i) => [i, v]));
      for (const source of state.sources) if (this.sources[source]) this.tell(source, next);
    }

    tell(source, next) {
      const before = this.told[source] || new Map();
      for (const id of before.keys()) {
        if (!next.has(id)) this.map.removeFeatureState({ source, id }, "v");
      }
      for (const [id, v] of next) {
        if (before.get(id) !== v) this.map.setFeatureState({ source, id }, { v });
      }
      this.told[source] = next;
    }
  }

  function ordered(specs) {
    const rank = (s) => SLOTS.indexOf(s.metadata.slot) * 1000 + (s.metadata.rank || 0);
    return specs.map((s, i) => [rank(s), i, s]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((x) => x[2]);
  }

  /* ---- what was picked, as a ring over everything ---- */
  const PICKED = "selection";
  function drawSelection(map, point, color, k) {
    const data = { type: "FeatureCollection", features: point ? [{ type: "Feature", properties: {},
      geometry: { type: "Point", coordinates: point } }] : [] };
    if (map.getSource(PICKED)) {
      map.getSource(PICKED).setData(data);
      return map.moveLayer(`${PICKED}-ring`);
    }
    map.addSource(PICKED, { type: "geojson", data });
    map.addLayer({ id: `${PICKED}-ring`, type: "circle", source: PICKED, metadata: { slot: "labels" },
      paint: { "circle-radius": 13 * k, "circle-color": "rgba(0,0,0,0)",
        "circle-stroke-color": color, "circle-stroke-width": 2.5 * k } });
    return undefined;
  }

  window.onemapParts = { same, rootScale, Drawing, drawSelection };
})();
