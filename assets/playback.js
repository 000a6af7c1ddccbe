/* Playback: map and charts move together, day by day or hour by hour.
 *
 * A step is an address that replaces the last one; the next step waits until everything is painted.
 */
(function () {
  "use strict";
  const BEAT = 700;
  const state = { step: null, frames: [], at: 0, start: null, timer: null };
  const day = (n) => new Date(n * 86400000).toISOString().slice(0, 10);

  function frames(step) {
    if (step === "hour") return Array.from({ length: 24 }, (_, h) => ({ hours: `${h}/${h + 1}` }));
    const strip = document.querySelector(".time-strip");
    const { firstDay, lastDay } = strip.dataset;
    const asked = new URLSearchParams(location.search).get("datetime");
    const [from, to] = asked ? asked.split("/") : [];
    const number = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
    const end = to && to !== ".." ? number(to.slice(0, 10)) : +lastDay;
    const begin = from && from !== ".." ? number(from.slice(0, 10)) : asked ? +firstDay : end - 30;
    return Array.from({ length: Math.max(1, end - begin) }, (_, i) => ({ datetime: `${day(begin + i)}/${day(begin + i + 1)}` }));
  }

  function play(step) {
    Object.assign(state, { step, frames: frames(step), at: 0, start: location.search });
    show();
  }

  function stop() {
    clearTimeout(state.timer);
    if (!state.step) return;
    state.step = null;
    window.onemap.navigate(state.start || "?", { replace: true });
    tell();
  }

  function show() {
    if (!state.step) return;
    if (state.at >= state.frames.length) { stop(); return; }
    window.onemap.go(state.frames[state.at], { replace: true });
    tell();
  }

  function tell() {
    for (const button of document.querySelectorAll("[data-play]")) {
      button.setAttribute("aria-pressed", String(button.dataset.play === state.step));
    }
    const output = document.getElementById("playing");
    if (!output) return;
    const frame = state.step && state.frames[state.at];
    output.textContent = !frame ? "" : frame.hours ? `${frame.hours.split("/")[0].padStart(2, "0")}:00` : frame.datetime.slice(0, 10);
  }

  window.addEventListener("onemap-ready", () => {
    if (!state.step) return;
    clearTimeout(state.timer);
    state.timer = setTimeout(() => { state.at += 1; show(); }, BEAT);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-play]");
    if (!button) return;
    const again = button.dataset.play === state.step;
    stop();
    if (!again) play(button.dataset.play);
  });
})();
