/* The address is the only view state; this is the only code that writes it in the browser.
 *
 * window.onemap: map (the MapLibre map), go (write the address), and what the map component reports.
 * Links whose address begins with "?" are followed without a page load.
 */
(function () {
  "use strict";
  const onemap = { map: null, box: null };
  window.onemap = onemap;

  /* ---- writing the address ---- */
  const readable = (params) => params.toString().replace(/%2C/g, ",").replace(/%2F/g, "/").replace(/%3A/g, ":");

  onemap.navigate = (search, { replace = false } = {}) => {
    const target = location.pathname + (search === "?" ? "" : search);
    if (target === location.pathname + location.search) return;
    history[replace ? "replaceState" : "pushState"]({}, "", target);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  };

  onemap.go = (changes, how) => {
    const params = new URLSearchParams(location.search);
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === undefined) params.delete(key);
      else params.set(key, value);
    }
    const text = readable(params);
    onemap.navigate(text ? `?${text}` : "?", how);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href^="?"]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onemap.navigate(link.getAttribute("href"));
  });

  /* ---- is everything painted that the address asks for? ---- */
  let known = location.search;
  const ready = (value) => {
    const element = document.getElementById("map");
    if (element && element.dataset.ready !== String(value)) {
      element.dataset.ready = String(value);
      if (value) window.dispatchEvent(new CustomEvent("onemap-ready"));
    }
  };
  onemap.working = () => ready(false);
  onemap.settle = (drawn) => { if (drawn === location.search) ready(true); };

  const moved = (back) => {
    if (location.search === known) return;
    known = location.search;
    onemap.working();
    window.dispatchEvent(new CustomEvent("onemap-address", { detail: { back } }));
  };
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      moved(false);
    };
  }
  window.addEventListener("popstate", () => moved(true));

  /* ---- the map reports ---- */
  onemap.attach = (map, box) => { Object.assign(onemap, { map, box }); };
  onemap.detach = () => { Object.assign(onemap, { map: null, box: null }); };

  /* The legend follows the zoom: density from afar, single appeals when close, and the bandwidth in
     metres, which widens far away. */
  onemap.zoomed = (map) => {
    const zoom = map.getZoom();
    for (const element of document.querySelectorAll("[data-until-zoom]")) element.hidden = zoom >= +element.dataset.untilZoom;
    for (const element of document.querySelectorAll("[data-from-zoom]")) element.hidden = zoom < +element.dataset.fromZoom;
    for (const element of document.querySelectorAll("[data-heat-radius]")) {
      const metresPerPx = 78271.517 * Math.cos(map.getCenter().lat * Math.PI / 180) / 2 ** map.getZoom();
      const radius = Math.max(+element.dataset.heatRadius, +element.dataset.leastPx * metresPerPx);
      element.textContent = String(Math.round(radius / 3 / 10) * 10);
    }
  };

  /* ---- keys: Escape goes one step back up ---- */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target.closest("input, textarea, [role=dialog], [role=listbox]")) return;
    const params = new URLSearchParams(location.search);
    if (params.has("selected")) { onemap.go({ selected: null }); return; }
    const crumbs = document.querySelectorAll("nav[aria-label] a");
    if (crumbs.length > 1) onemap.navigate(crumbs[crumbs.length - 2].getAttribute("href"));
  });

  /* ---- ask the server again without a new address: never while it still answers ---- */
  const asking = { now: 0, again: false };
  onemap.refresh = () => {
    if (asking.now) { asking.again = true; return; }
    if (window.dash_clientside && window.dash_clientside.set_props) {
      window.dash_clientside.set_props("pulse", { data: Date.now() });
    }
  };
  const fetched = window.fetch;
  window.fetch = async (resource, options) => {
    const isScreen = options && typeof options.body === "string" && options.body.includes('"output":"..map.scene');
    if (!isScreen) return fetched(resource, options);
    asking.now += 1;
    try {
      return await fetched(resource, options);
    } finally {
      asking.now -= 1;
      if (!asking.now && asking.again) { asking.again = false; setTimeout(onemap.refresh); }
    }
  };
})();
