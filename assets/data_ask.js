/* The data page asks the server: with a token where one is needed, and one thing of a kind at a time. */
(function () {
  "use strict";
  const told = JSON.parse(document.getElementById("told-to-script").textContent);
  const element = (id) => document.getElementById(id);
  const ROOT = "/plan/data";
  const LONGEST_POLL = 2000; // milliseconds between two questions about a long step

  /* ---- words ---- */
  const say = (key, parts = {}) => told.words[key].replace(/\{(\w+)\}/g, (_, name) => parts[name]);
  const count = (n) => n.toLocaleString("en-US");
  const zh = told.lang !== "en";
  const tongue = (thing, name) => (zh && thing[`${name}_zh`]) || thing[name]; // in the page's language
  const BY_STATUS = { 409: "refused_409", 413: "refused_413", 415: "refused_415", 507: "refused_507" };
  const bytes = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} KB` : `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB`);

  /* ---- who asks ---- */
  const headers = (more = {}) => {
    const token = sessionStorage.getItem("token");
    return token ? { ...more, Authorization: `Bearer ${token}` } : more;
  };

  class Refused extends Error {
    constructor(status, reason) { super(reason); this.status = status; }
  }

  function refusal(status, body) {
    if (status === 401 || status === 403) {
      element("token").hidden = false;
      element("token-wrong").textContent = sessionStorage.getItem("token") ? say("token_wrong") : "";
      return new Refused(status, say("token_why"));
    }
    const known = zh && !(body && body.error_zh) && BY_STATUS[status];
    return new Refused(status, known ? say(known) : (body && tongue(body, "error")) || `HTTP ${status}`);
  }

  element("token").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", element("token-text").value.trim());
    element("token").hidden = true;
    window.dispatchEvent(new CustomEvent("data-token"));
  });

  async function answered(method, path, body) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    let answer;
    try {
      answer = await fetch(ROOT + path, { method, cache: "no-store", ...sent,
        headers: headers(sent.body ? { "Content-Type": "application/json" } : {}) });
    } catch {
      throw new Refused(0, say("lost"));
    }
    if (!answer.ok) throw refusal(answer.status, await answer.json().catch(() => null));
    return answer;
  }
  const ask = async (method, path, body) => (await answered(method, path, body)).json();

  /* A file in, with its progress; the browser reads it from the disk while it sends. */
  function send(file, progress) {
    const request = new XMLHttpRequest();
    const done = new Promise((resolve, reject) => {
      request.upload.onprogress = (event) => progress(event.loaded, event.total);
      request.onload = () => {
        let body = null;
        try { body = JSON.parse(request.responseText); } catch { /* not from us: told by its status */ }
        if (request.status === 201) resolve(body);
        else reject(refusal(request.status, body));
      };
      request.onerror = () => reject(new Refused(0, say("lost")));
      request.onabort = () => resolve(null);
    });
    const form = new FormData();
    form.append("file", file, file.name);
    request.open("POST", `${ROOT}/files`);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.send(form);
    return { done, abort: () => request.abort() };
  }

  async function download(path, name) {
    const blob = await (await answered("GET", path)).blob();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /* Ask how a step stands until it has ended: the next question only after the answer, and less
     often the longer it takes. A lost connection is told and asked again. */
  const turns = { look: 0, bring: 0, undo: 0 };
  const leave = () => { for (const step of Object.keys(turns)) if (step !== "undo") turns[step] += 1; };
  let last = Promise.resolve();
  const stand = (id) => (last = last.catch(() => null).then(() => ask("GET", `/files/${id}`)));

  async function follow(id, step, running) {
    const mine = ++turns[step];
    for (let pause = 300; ; pause = Math.min(LONGEST_POLL, pause * 1.3)) {
      let state;
      try {
        state = await stand(id);
        note("");
      } catch (error) {
        if (error.status) throw error;
        note(error.message);
        pause = LONGEST_POLL;
      }
      if (mine !== turns[step]) return null; // another step is followed now
      if (state && state[step].phase !== "running") return state;
      if (state) running(state[step].seconds);
      await new Promise((next) => setTimeout(next, pause));
      if (mine !== turns[step]) return null;
    }
  }

  function note(text) {
    const p = document.createElement("p");
    p.textContent = text;
    element("told").replaceChildren(...(text ? [p] : []));
  }

  window.dataPage = { told, element, say, count, bytes, tongue, ask, send, download, follow, leave, stand, note };
})();
