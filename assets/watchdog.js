/* The watchdog: a screen nobody touches is never blank and never stale without saying so.
 *
 * Server gone -> a bar with the time of the data shown; back -> it resumes. Newer data -> the page asks
 * again. Another build -> a wall reloads. WebGL context lost for good -> reload with the same scene.
 */
(function () {
  "use strict";
  const PERIOD = 800;     // what has been acknowledged is on every open page within three seconds
  const PATIENCE = 6000;  // no answer for so long: the screen says so
  const GIVE_UP = 30000;  // and asks anew only now, so that a slow server is not hit while it works
  const state = { lost: false, build: null, data: null, offset: 0, until: "", busy: false };
  const page = () => document.getElementById("body");
  const isWall = () => Boolean(page() && page().dataset.page === "wall");
  const lang = () => (page() && page().lang === "en" ? "en" : "zh");
  const now = () => new Date(Date.now() + state.offset);

  const SENTENCES = {
    zh: (t) => `连接中断,显示的是 ${t} 的数据`,
    en: (t) => `Connection lost. Shown: the data of ${t}`,
  };

  function say(lost) {
    const bar = document.getElementById("watchdog");
    if (!bar) return;
    bar.hidden = !lost;
    bar.textContent = lost ? SENTENCES[lang()](state.until) : "";
  }

  async function look() {
    if (state.busy) return;
    state.busy = true;
    const stop = new AbortController();
    const since = performance.now();
    const late = setTimeout(() => lose(), PATIENCE);
    const timer = setTimeout(() => stop.abort(), GIVE_UP);
    try {
      const answer = await fetch("/version.json", { cache: "no-store", signal: stop.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const version = await answer.json();
      state.offset = new Date(answer.headers.get("Date")).getTime() - Date.now();
      seen(version);
    } catch {
      // A refusal comes at once; a restart is over before it would have to be said.
      await new Promise((done) => setTimeout(done, Math.max(0, PATIENCE / 2 - (performance.now() - since))));
      if (state.missed) lose();
      state.missed = true;
    } finally {
      clearTimeout(late);
      clearTimeout(timer);
      state.busy = false;
    }
  }

  function lose() {
    state.lost = true;
    say(true);
  }

  function seen(version) {
    const back = state.lost;
    state.lost = state.missed = false;
    if (back) say(false);
    state.until = version.data_until.replace("T", " ").slice(0, 16);
    if (state.build && state.build !== version.build && isWall()) { reload(); return; }
    if ((state.data && state.data !== version.data_version) || back) window.onemap.refresh();
    state.build = version.build;
  }

  /* At most three reloads in ten minutes, so that a broken build is not a flicker. */
  function reload() {
    const recent = JSON.parse(sessionStorage.getItem("reloads") || "[]").filter((t) => Date.now() - t < 600000);
    if (recent.length >= 3) return;
    sessionStorage.setItem("reloads", JSON.stringify([...recent, Date.now()]));
    location.reload();
  }

  document.addEventListener("webglcontextlost", (event) => {
    const canvas = event.target;
    window.onemap.working();
    setTimeout(() => {
      const gl = canvas.getContext("webgl2") || canvas.getContext("webgl");
      if (gl && gl.isContextLost() && document.contains(canvas)) reload();
    }, 3000);
  }, true);

  /* ---- the wall's clock: the server's time, in the place's zone ---- */
  function tick() {
    for (const until of document.querySelectorAll("[data-until]")) {
      const age = now() - new Date(until.dataset.until);
      until.classList.toggle("is-late", age > until.dataset.staleHours * 3600000);
    }
    const clock = document.getElementById("clock");
    if (clock) clock.textContent = told(now(), page().dataset.timezone);
  }

  function told(moment, timeZone) {
    const parts = (options) => new Intl.DateTimeFormat(lang() === "en" ? "en-GB" : "zh-CN", { timeZone, ...options }).format(moment);
    const day = parts({ year: "numeric", month: lang() === "en" ? "short" : "long", day: "numeric", weekday: lang() === "en" ? "short" : "long" });
    return `${day} ${parts({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false })}`;
  }

  /* ---- a state that changes by itself, such as a market closing ---- */
  let due = null;
  window.addEventListener("onemap-scene", (event) => {
    clearTimeout(due);
    const seconds = event.detail.next;
    state.data = event.detail.version;
    if (seconds && seconds < 86400) due = setTimeout(() => window.onemap.refresh(), seconds * 1000 + 500);
  });

  setInterval(look, PERIOD);
  setInterval(tick, 1000);
  look();
})();
