/* The map of the address desk: the candidates as numbers, and where the appeals lie that speak of them. */
(function () {
  "use strict";
  const { told, element, say, made } = window.addressPage;
  const { colors } = told;
  const NOTHING = { type: "FeatureCollection", features: [] };
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const line = (id, source, color, width, opacity = 1) => ({ id, source, type: "line",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": color, "line-width": width, "line-opacity": opacity } });
  const grown = (near, far) => ["interpolate", ["exponential", 1.5], ["zoom"], 10, near * scale, 17, far * scale];
  const text = (id, source, layout, color, minzoom) => ({ id, source, type: "symbol", minzoom,
    layout: { "text-font": [told.font], "text-size": 11 * scale, "text-letter-spacing": 0.06, ...layout },
    paint: { "text-color": color, "text-halo-color": colors.halo, "text-halo-width": 1.6 * scale } });

  function style() {
    const sources = { points: { type: "geojson", data: NOTHING } };
    for (const [id, url] of Object.entries(told.under)) sources[id] = { type: "geojson", data: location.origin + url };
    const layers = [{ id: "ground", type: "background", paint: { "background-color": colors.ground } }];
    if (told.basemap) {
      sources.basemap = { type: "raster", tileSize: 256, ...told.basemap };
      layers.push({ id: "basemap", type: "raster", source: "basemap" });
    } else layers.push({ id: "land", source: "outline", type: "fill", paint: { "fill-color": colors.land } });
    layers.push(
      line("areas", "areas", colors.outline, grown(0.4, 1.2), 0.4),
      line("roads", "roads", colors.road, grown(0.6, 7)),
      line("outline", "outline", colors.border, 1.6 * scale),
      { id: "points", source: "points", type: "circle", paint: { "circle-color": colors.accent, "circle-opacity": 0.55,
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 2.4 * scale, 16, 5.5 * scale],
        "circle-stroke-color": colors.halo, "circle-stroke-width": scale } },
      text("road-names", "roads", { "text-field": ["coalesce", ["get", "name"], ""], "symbol-placement": "line" }, colors["road-name"], 13.2),
      text("names", "names", { "text-field": ["coalesce", ["get", "label"], ["get", "name"], ""], "text-max-width": 7 }, colors.muted, 11.2),
    );
    return { version: 8, sources, layers };
  }

  let library = null;
  let map = null;
  let ready = false;
  let home = null; // where the whole place lies
  let asked = null; // what is to be shown, from before the map was there
  const pins = [];

  import(told.library).then((loaded) => {
    library = loaded;
    map = new library.Map({ container: element("map"), style: style(), attributionControl: false, maxPitch: 0, maxZoom: 20,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, center: [0, 0], zoom: 1,
      localIdeographFontFamily: told.fonts });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new library.ScaleControl({ unit: "metric", maxWidth: 90 * scale }), "bottom-left");
    window.onemap = { map };
    map.on("load", async () => {
      home = await map.getSource("outline").getBounds();
      ready = true;
      fit(home, true);
      if (asked) draw(asked);
    });
    map.on("idle", () => { element("map").dataset.ready = "true"; });
    new ResizeObserver(() => map.resize()).observe(element("map"));
  }).catch(() => {
    element("map").textContent = say("no_webgl");
    element("map").classList.add("no-map");
  });

  function fit(bounds, instant) {
    const box = element("map");
    const padding = Math.round(Math.min(box.clientWidth, box.clientHeight) * 0.14);
    map.fitBounds(bounds, { padding, maxZoom: 16, duration: instant || calm ? 0 : 500, essential: true });
  }

  function pin(candidate, number, choose) {
    const node = made("button", String(number), `pin pin--${candidate.how}`);
    node.type = "button";
    node.title = candidate.place.name;
    node.addEventListener("click", () => choose(number));
    pins.push(new library.Marker({ element: node }).setLngLat([candidate.place.lon, candidate.place.lat]).addTo(map));
    return node;
  }

  function draw({ group, choose }) {
    element("map").dataset.ready = "false";
    pins.splice(0).forEach((one) => one.remove());
    const features = group.points.map((coordinates) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates } }));
    map.getSource("points").setData({ type: "FeatureCollection", features });
    const placed = group.candidates.map((one, i) => [one, i + 1]).filter(([one]) => one.place.lon !== null);
    for (const [one, number] of placed) pin(one, number, choose);
    const bounds = new library.LngLatBounds();
    for (const at of [...middle(group.points), ...placed.map(([{ place }]) => [place.lon, place.lat])]) bounds.extend(at);
    element("legend-points").hidden = !features.length;
    element("legend-pins").hidden = !placed.length;
    element("map-legend").hidden = !features.length && !placed.length;
    fit(bounds.isEmpty() ? home : bounds);
    map.triggerRepaint();
  }

  /* The bulk of the points: one that lies far off must not make the others small. */
  function middle(points) {
    const inner = (values) => { const s = [...values].sort((a, b) => a - b); return [s[Math.floor(s.length * 0.05)], s[Math.ceil(s.length * 0.95) - 1]]; };
    if (!points.length) return [];
    const [west, east] = inner(points.map((p) => p[0]));
    const [south, north] = inner(points.map((p) => p[1]));
    return [[west, south], [east, north]];
  }

  function show(group, choose) {
    asked = { group, choose };
    if (ready) draw(asked);
  }

  const light = (number) => pins.forEach((one) => one.getElement().classList.toggle("is-lit", one.getElement().textContent === String(number)));

  Object.assign(window.addressPage, { show, light, clear: () => show({ points: [], candidates: [] }, () => null) });
})();
