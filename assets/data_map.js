/* The map of the data page: rows as they would land, over the outlines and roads of the place. */
(function () {
  "use strict";
  const { told, element, say } = window.dataPage;
  const { colors } = told;
  const NOTHING = { type: "FeatureCollection", features: [] };
  const scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const line = (id, source, color, width, { opacity = 1, ...more } = {}) => ({ id, source, type: "line",
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": color, "line-width": width * scale, "line-opacity": opacity }, ...more });
  const SHAPE = { polygon: ["Polygon", "MultiPolygon"], line: ["LineString", "MultiLineString"], point: ["Point", "MultiPoint"] };
  const only = (kind) => ["match", ["geometry-type"], SHAPE[kind], true, false];

  function under() {
    const { outline, areas, roads } = told.under;
    return [
      outline && { id: "land", source: "outline", type: "fill", paint: { "fill-color": colors.land } },
      roads && line("roads", "roads", colors.road, 0.9),
      areas && line("areas", "areas", colors.outline, 0.7, { opacity: 0.45 }),
      outline && line("outline", "outline", colors.border, 1.6),
    ].filter(Boolean);
  }

  function over() {
    return [
      { id: "shapes", source: "preview", type: "fill", filter: only("polygon"),
        paint: { "fill-color": colors.accent, "fill-opacity": 0.18 } },
      line("edges", "preview", colors.accent, 1.4, { filter: only("polygon") }),
      line("lines", "preview", colors.accent, 2, { filter: only("line") }),
      { id: "dots", source: "preview", type: "circle", filter: only("point"),
        paint: { "circle-color": colors.accent, "circle-opacity": 0.85, "circle-stroke-color": colors.halo,
          "circle-stroke-width": scale, "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 2.4 * scale, 15, 5 * scale] } },
    ];
  }

  function style() {
    const sources = { preview: { type: "geojson", data: NOTHING } };
    for (const [id, url] of Object.entries(told.under)) sources[id] = { type: "geojson", data: location.origin + url };
    const layers = [{ id: "ground", type: "background", paint: { "background-color": colors.ground } }];
    const below = under();
    if (told.basemap) {
      sources.basemap = { type: "raster", tileSize: 256, ...told.basemap };
      layers.push({ id: "basemap", type: "raster", source: "basemap" });
      below.splice(0, told.under.outline ? 1 : 0); // the land is on the base map
    }
    return { version: 8, sources, layers: [...layers, ...below, ...over()] };
  }

  let map = null;
  let ready = false;
  let asked = NOTHING; // what is to be looked at, from before the map was there

  import(told.library).then((library) => {
    map = new library.Map({ container: element("map"), style: style(), attributionControl: false, maxPitch: 0,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, center: [0, 0], zoom: 1, maxZoom: 20 });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new library.ScaleControl({ unit: "metric", maxWidth: 90 * scale }), "bottom-left");
    window.onemap = { map };
    map.on("load", () => { ready = true; draw(asked); });
    map.on("idle", () => { element("map").dataset.ready = "true"; });
    hover(library);
    new ResizeObserver(() => map.resize()).observe(element("map"));
  }).catch(() => {
    element("map").textContent = say("no_webgl");
    element("map").classList.add("no-map");
  });

  /* Where the place is, when nothing is to be shown on it. */
  async function home() {
    const source = map.getSource("outline") || map.getSource("areas");
    if (source) fit(await source.getBounds(), !looked);
  }

  function fit(bounds, instant) {
    const box = element("map");
    const padding = Math.round(Math.min(box.clientWidth, box.clientHeight) * 0.08);
    map.fitBounds(bounds, { padding, maxZoom: 16, duration: instant || calm ? 0 : 500, essential: true });
  }

  let looked = false;
  function draw(collection) {
    element("map").dataset.ready = "false";
    map.getSource("preview").setData(collection);
    map.resize(); // the table below it has just come or gone
    const b = collection.bounds;
    if (b) fit([[b[0], b[1]], [b[2], b[3]]], !looked);
    else home();
    looked = true;
  }

  function show(collection) {
    asked = collection;
    if (ready) draw(collection);
  }

  function hover(library) {
    const tip = new library.Popup({ closeButton: false, closeOnClick: false, className: "data-tip" });
    map.on("mousemove", (event) => {
      const layers = ["dots", "lines", "edges", "shapes"];
      const [found] = map.queryRenderedFeatures(event.point, { layers });
      if (!found || !found.properties.name) { tip.remove(); return; }
      tip.setLngLat(event.lngLat).setText(found.properties.name).addTo(map);
    });
    map.on("mouseout", () => tip.remove());
  }

  Object.assign(window.dataPage, { show, clear: () => show(NOTHING) });
})();
