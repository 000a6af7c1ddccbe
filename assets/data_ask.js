/* The data page asks the server: a file in with its progress, and one thing of a kind at a time. */
(function () {
  "use strict";
  const { headers, lost, refusal, answered, note, pause, ...desk } = window.deskPage;
  const ROOT = "/plan/data";
  const LONGEST_POLL = 2000; // milliseconds between two questions about a long step

  const bytes = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1e3))} KB` : `${(n / 1e6).toFixed(n < 1e7 ? 1 : 0)} MB`);
  const ask = async (method, path, body) => (await answered(method, ROOT + path, body)).json();

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
      request.onerror = () => reject(lost());
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
    const blob = await (await answered("GET", ROOT + path)).blob();
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
    for (let wait = 300; ; wait = Math.min(LONGEST_POLL, wait * 1.3)) {
      let state;
      try {
        state = await stand(id);
        note("");
      } catch (error) {
        if (error.status) throw error;
        note(error.message);
        wait = LONGEST_POLL;
      }
      if (mine !== turns[step]) return null; // another step is followed now
      if (state && state[step].phase !== "running") return state;
      if (state) running(state[step].seconds);
      await pause(wait);
      if (mine !== turns[step]) return null;
    }
  }

  window.dataPage = { ...desk, note, bytes, ask, send, download, follow, leave, stand };
})();
