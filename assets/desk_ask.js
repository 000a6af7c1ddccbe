/* What both desks, for data and for addresses, need to ask the server and to say it in the page's words:
 * with a token where one is needed. */
(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told-to-script").textContent);
  const element = (id) => document.getElementById(id);

  /* ---- words ---- */
  const say = (key, parts = {}) => told.words[key].replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const count = (n) => n.toLocaleString("en-US");
  const zh = told.lang !== "en";
  const BY_STATUS = { 409: "refused_409", 413: "refused_413", 415: "refused_415", 507: "refused_507" }; // where a page has them
  const tongue = (thing, name) => (zh && thing[`${name}_zh`]) || thing[name]; // in the page's language

  /* ---- what stands on the page ---- */
  const made = (tag, text, name, ...inside) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    if (name) node.className = name;
    node.append(...inside);
    return node;
  };
  const list = (id, nodes) => element(id).replaceChildren(...nodes);
  const shown = (id, is) => { element(id).hidden = !is; };
  const note = (text) => list("told", text ? [made("p", text)] : []);
  const pause = (milliseconds) => new Promise((next) => setTimeout(next, milliseconds));

  /* ---- who asks ---- */
  const headers = (more = {}) => {
    const token = sessionStorage.getItem("token");
    return token ? { ...more, Authorization: `Bearer ${token}` } : more;
  };

  class Refused extends Error {
    constructor(status, reason) { super(reason); this.status = status; }
  }
  const lost = () => new Refused(0, say("lost"));

  function refusal(status, body) {
    if (status === 401 || status === 403) {
      shown("token", true);
      element("token-wrong").textContent = sessionStorage.getItem("token") ? say("token_wrong") : "";
      return new Refused(status, say("token_why"));
    }
    const known = zh && !(body && body.error_zh) && told.words[BY_STATUS[status]];
    return new Refused(status, known || (body && tongue(body, "error")) || `HTTP ${status}`);
  }
  const failed = (error) => { if (error.status !== 401 && error.status !== 403) note(error.message); };

  element("token").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", element("token-text").value.trim());
    shown("token", false);
    window.dispatchEvent(new CustomEvent("desk-token"));
  });

  async function answered(method, path, body) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    let answer;
    try {
      answer = await fetch(path, { method, cache: "no-store", ...sent,
        headers: headers(sent.body ? { "Content-Type": "application/json" } : {}) });
    } catch {
      throw lost();
    }
    if (!answer.ok) throw refusal(answer.status, await answer.json().catch(() => null));
    return answer;
  }

  window.deskPage = { told, element, say, count, zh, tongue, made, list, shown, note, pause, headers, lost, refusal, failed, answered };
})();
