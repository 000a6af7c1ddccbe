/* The wall's round: scenes follow one another, and pause when somebody touches the screen or a key. */
(function () {
  "use strict";
  const PAUSE = 90000;
  const IDLE = 4000;
  const GIVE_UP = 60000;
  const state = { timer: null, hidden: null, late: false };
  const body = () => document.querySelector(".page--wall");
  const links = () => [...document.querySelectorAll("#scenes a")];
  const stay = () => 1000 * (document.getElementById("scenes") || { dataset: { stay: 20 } }).dataset.stay;
  const normal = (search) => (search === "?" ? "" : search);

  function mark() {
    const wall = body();
    if (!wall) return;
    const here = new URLSearchParams(location.search);
    here.delete("lang");
    const shown = links().find((a) => {
      const there = new URLSearchParams(normal(a.getAttribute("href")));
      there.delete("lang");
      return there.toString() === here.toString();
    });
    for (const a of links()) {
      if (a === shown) a.setAttribute("aria-current", "true");
      else a.removeAttribute("aria-current");
    }
    wall.dataset.scene = shown ? shown.dataset.sceneId : "overview";
    requestAnimationFrame(() => window.dispatchEvent(new Event("resize")));
  }

  /* A scene stays for its time once it is painted, also where painting is slow. */
  const painted = () => document.getElementById("map").dataset.ready === "true";

  function next() {
    const all = links();
    if (!all.length) return;
    if (!painted() && !state.late) {
      schedule(GIVE_UP);
      state.late = true;
      return;
    }
    const at = all.findIndex((a) => a.hasAttribute("aria-current"));
    window.onemap.navigate(all[(at + 1) % all.length].getAttribute("href"), { replace: true });
    schedule(stay());
  }

  function schedule(wait) {
    clearTimeout(state.timer);
    state.late = false; // a touch, too, takes the place of what was due
    state.timer = setTimeout(next, wait);
    const nav = document.getElementById("scenes");
    if (!nav) return;
    nav.style.setProperty("--stay", `${stay()}ms`);
    nav.classList.toggle("is-rotating", wait === stay());
  }

  function touched(event) {
    if (!body() || (event.type === "keydown" && event.key === "F11")) return;
    schedule(PAUSE);
    body().classList.remove("is-idle");
    clearTimeout(state.hidden);
    state.hidden = setTimeout(() => body() && body().classList.add("is-idle"), IDLE);
  }

  /* The wall begins with its first scene; the links come with every answer. */
  function start() {
    if (!location.search.replace(/^\?lang=\w+$/, "")) window.onemap.navigate(links()[0].getAttribute("href"), { replace: true });
    mark();
    schedule(stay());
    body().classList.add("is-idle");
  }

  for (const name of ["pointerdown", "keydown", "wheel"]) window.addEventListener(name, touched, { passive: true });
  window.addEventListener("pointermove", () => {
    const wall = body();
    if (!wall) return;
    wall.classList.remove("is-idle");
    clearTimeout(state.hidden);
    state.hidden = setTimeout(() => wall.classList.add("is-idle"), IDLE);
  }, { passive: true });
  window.addEventListener("onemap-address", () => body() && mark());
  window.addEventListener("onemap-ready", () => {
    if (!body() || !state.late) return;
    schedule(stay());
  });
  window.addEventListener("onemap-scene", () => {
    if (!body()) return;
    if (state.timer === null) start();
    else requestAnimationFrame(mark);
  });
})();
