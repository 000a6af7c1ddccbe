/* The address desk asks the server: with a token where one is needed. */
(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told-to-script").textContent);
  const element = (id) => document.getElementById(id);
  const ROOT = "/api/addresses";

  const say = (key, parts = {}) => told.words[key].replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const count = (n) => n.toLocaleString("en-US");
  const zh = told.lang !== "en";
  const metres = (m) => (m < 1000 ? `${Math.max(10, Math.round(m / 10) * 10)} m` : `${(m / 1000).toFixed(1)} km`);
  const timeZone = element("body").dataset.timezone;
  const moment = (at) => new Intl.DateTimeFormat(zh ? "zh-CN" : "en-GB", { timeZone, year: "numeric", month: "numeric",
    day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(at));

  const made = (tag, text, name, ...inside) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (name) node.className = name;
    node.append(...inside);
    return node;
  };
  const button = (text, name, act) => {
    const node = made("button", text, name);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  };
  const list = (id, nodes) => element(id).replaceChildren(...nodes);
  const shown = (id, is) => { element(id).hidden = !is; };

  class Refused extends Error {
    constructor(status, reason) { super(reason); this.status = status; }
  }

  function refusal(status, body) {
    if (status === 401 || status === 403) {
      shown("token", true);
      element("token-wrong").textContent = sessionStorage.getItem("token") ? say("token_wrong") : "";
      return new Refused(status, say("token_why"));
    }
    return new Refused(status, (body && ((zh && body.error_zh) || body.error)) || `HTTP ${status}`);
  }

  element("token").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", element("token-text").value.trim());
    shown("token", false);
    window.dispatchEvent(new CustomEvent("address-token"));
  });

  async function ask(method, path, body) {
    const token = sessionStorage.getItem("token");
    const headers = { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { "Content-Type": "application/json" }) };
    let answer;
    try {
      answer = await fetch(ROOT + path, { method, headers, cache: "no-store", body: body && JSON.stringify(body) });
    } catch {
      throw new Refused(0, say("lost"));
    }
    const json = await answer.json().catch(() => null);
    if (!answer.ok) throw refusal(answer.status, json);
    return json;
  }

  const pause = (milliseconds) => new Promise((next) => setTimeout(next, milliseconds));

  function note(text) {
    list("told", text ? [made("p", text)] : []);
  }
  const failed = (error) => { if (error.status !== 401 && error.status !== 403) note(error.message); };

  /* Take a decision back, and wait until it is. */
  async function undo(batch) {
    const { id } = await ask("DELETE", `/decisions/${batch}`);
    for (;;) {
      const state = await ask("GET", `/decisions/undoing/${id}`);
      if (state.phase === "done") return;
      if (state.phase !== "running") throw new Error((zh && state.error_zh) || state.error || state.phase);
      await pause(400);
    }
  }

  window.addressPage = { told, element, say, count, zh, metres, moment, made, button, list, shown, ask, pause, note, failed, undo };
})();
