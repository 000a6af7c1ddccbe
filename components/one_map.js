/* OneMap: draws the scenes the server describes, on maplibre-gl.
 *
 * The server says what: sources, style layers, values, states, where to look, what a click opens.
 * Here is only how: the difference to what is drawn (drawing.js), hover and click (pointer.js), the
 * camera and its hash. A click writes the address; nothing is told to the server in any other way.
 */
(function () {
  "use strict";
  const React = window.React;
  const { same, rootScale, Drawing, drawSelection, Pointer } = window.onemapParts;
  const FONTS = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';

  /* ---- the camera: its hash, and where a scene wants it ---- */
  const HASH = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/;
  function hashCamera() {
    const found = HASH.exec(location.hash);
    return found && { zoom: +found[1], center: [+found[3], +found[2]] };
  }
  function writeHash(map) {
    const c = map.getCenter();
    const hash = `#map=${map.getZoom().toFixed(2)}/${c.lat.toFixed(5)}/${c.lng.toFixed(5)}`;
    history.replaceState(history.state, "", location.pathname + location.search + hash);
  }
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function look(map, focus, instant) {
    const motion = { duration: instant || calm() ? 0 : 700, essential: true };
    if (focus.center) map.easeTo({ center: focus.center, zoom: Math.max(map.getZoom(), focus.zoom), ...motion });
    else map.fitBounds(focus.bounds, { padding: padding(map), ...motion });
  }
  /* Room for what stands on the map: a legend that lies along the bottom, or stands at the left. */
  function padding(map) {
    const box = map.getContainer();
    const { clientWidth: width, clientHeight: height } = box;
    const edge = Math.round(Math.min(width, height) * 0.035);
    const all = { top: edge, right: edge, bottom: edge, left: edge };
    const legend = box.closest(".map-frame").querySelector(".map-legend").getBoundingClientRect();
    const marks = 2.2 * parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (legend.top >= box.getBoundingClientRect().bottom) return all; // below the map, on a phone
    if (legend.width > width * 0.55) return { ...all, bottom: legend.height + marks + edge };
    if (legend.width > 0 && width - legend.width > height * 0.8) return { ...all, left: legend.width + 2 * edge };
    return all;
  }

  /* ---- the component ---- */
  function start(library, props, box, tip) {
    const style = { version: 8, sources: {}, layers: [{ id: "ground", type: "background",
      metadata: { slot: "base" }, paint: { "background-color": props.scene ? props.scene.ground : "#000" } }] };
    if (calm()) style.transition = { duration: 0, delay: 0 };
    if (props.basemap) {
      style.sources.basemap = { type: "raster", tileSize: 256, ...props.basemap };
      style.layers.push({ id: "basemap", type: "raster", source: "basemap", metadata: { slot: "base" } });
    }
    const camera = hashCamera();
    const map = new library.Map({ container: box, style, attributionControl: false, maxPitch: 0,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: calm() ? 0 : 150,
      localIdeographFontFamily: FONTS, refreshExpiredTiles: false, maxZoom: 20,
      center: camera ? camera.center : [0, 0], zoom: camera ? camera.zoom : 1,
      transformRequest: (url) => ({ url: url.startsWith("/") ? location.origin + url : url }) });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new library.ScaleControl({ unit: "metric", maxWidth: 90 * rootScale() }), "bottom-left");
    return map;
  }

  function stop(state) {
    window.removeEventListener("popstate", state.back);
    window.removeEventListener("onemap-address", state.forth);
    window.onemap.detach();
    state.map.remove();
  }

  function OneMap(props) {
    const box = React.useRef(null);
    const tip = React.useRef(null);
    const live = React.useRef({ map: null, drawing: null, pointer: null, focus: null, search: null });
    const [ready, setReady] = React.useState(false);
    const [revived, setRevived] = React.useState(0); // how often a lost context came back

    React.useEffect(() => {
      let gone = false;
      const state = live.current;
      import(props.library).then((library) => {
        if (gone) return;
        const map = start(library, props, box.current, tip.current);
        Object.assign(state, { map, drawing: new Drawing(map), pointer: new Pointer(map, box.current, tip.current) });
        state.restored = Boolean(hashCamera());
        window.onemap.attach(map, box.current);
        map.on("load", () => setReady(true));
        map.on("webglcontextrestored", () => map.once("style.load", () => {
          state.drawing.forget();
          setRevived((times) => times + 1);
        }));
        map.on("mousemove", (e) => state.pointer.move(e));
        map.on("mouseout", () => state.pointer.leave());
        map.on("click", (e) => state.pointer.click(e));
        map.on("moveend", () => writeHash(map));
        map.on("idle", () => { window.onemap.zoomed(map); window.onemap.settle(state.search); });
        map.on("zoom", () => window.onemap.zoomed(map));
        state.back = () => { state.restored = Boolean(hashCamera()); };
        state.forth = (e) => { if (!e.detail.back) writeHash(map); };
        window.addEventListener("popstate", state.back);
        window.addEventListener("onemap-address", state.forth);
        new ResizeObserver(() => map.resize()).observe(box.current);
      });
      return () => { gone = true; if (state.map) stop(state); };
    }, []);

    React.useEffect(() => {
      const { scene } = props;
      const state = live.current;
      if (!ready || !scene || !state.map.style) return; // without a context there is no style to draw in
      state.map.setPaintProperty("ground", "background-color", scene.ground);
      state.drawing.apply(scene);
      drawSelection(state.map, scene.selection, scene.ring, rootScale());
      state.pointer.scene = scene;
      if (!same(state.focus, scene.focus)) {
        if (state.restored) { const at = hashCamera(); if (at) state.map.jumpTo(at); }
        else look(state.map, scene.focus, state.focus === null);
        state.focus = scene.focus;
      }
      state.restored = false;
      state.search = scene.search;
      window.dispatchEvent(new CustomEvent("onemap-scene", { detail: { next: scene.next, version: scene.version } }));
      state.map.triggerRepaint();
    }, [ready, revived, props.scene]);

    return React.createElement("div", { id: props.id, className: props.className, "data-ready": "false" },
      React.createElement("div", { ref: box, className: "map-canvas" }),
      React.createElement("div", { ref: tip, className: "map-tip", hidden: true }));
  }

  window.components = { OneMap };
})();
