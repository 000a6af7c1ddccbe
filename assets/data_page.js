/* The data page: a file in, a look at it, into the store; and the batches, which can be taken back.
 *
 * What is at work is on the server; the address names the upload, so that a reload loses nothing.
 */
(function () {
  "use strict";
  const page = window.dataPage;
  const { told, element, say, count, bytes, tongue, ask, send, download, follow, shown } = page;
  const now = { upload: null, look: null, done: null, sending: null, asked: null, asking: false, again: null,
    anyway: false, bringing: false, resuming: false };

  const on = (id, what, act) => element(id).addEventListener(what, act);
  const state = (step, is) => { element(`step-${step}`).dataset.state = is; };
  const seconds = (id, key) => (n) => { element(id).textContent = say(key, { seconds: Math.floor(n) }); };
  function fault(id, text) {
    element(id).textContent = text;
    shown(id, Boolean(text));
  }

  /* Where a button has gone that had the focus, the next thing to do has it. */
  function keep(id) {
    if (!now.resuming && document.activeElement === document.body) element(id).focus({ preventScroll: true });
  }

  /* ---- the address names the upload ---- */
  function remember(id) {
    const params = new URLSearchParams(location.search);
    if (id) params.set("upload", id); else params.delete("upload");
    const search = params.toString();
    history.replaceState({}, "", location.pathname + (search ? `?${search}` : ""));
    const way = new URL(element("lang").href);
    if (id) way.searchParams.set("upload", id); else way.searchParams.delete("upload");
    element("lang").href = way.pathname + way.search;
  }

  /* ---- 1: the file ---- */
  function begin() {
    Object.assign(now, { upload: null, look: null, done: null, again: null, anyway: false });
    remember(null);
    page.leave();
    page.afresh();
    page.forget();
    for (const id of ["file-fault", "look-fault", "bring-fault"]) fault(id, "");
    for (const id of ["sent", "sending", "looking", "bringing", "brought", "retry"]) shown(id, false);
    for (const step of ["mapping", "check", "bring"]) state(step, "idle");
    shown("drop", true);
    state("file", "active");
  }

  function sent(upload) {
    now.upload = upload;
    remember(upload.id);
    element("sent-name").textContent = upload.name;
    element("sent-size").textContent = bytes(upload.size);
    shown("sending", false);
    shown("drop", false);
    shown("sent", true);
    state("file", "done");
    keep("another");
  }

  function unfit(file) {
    const ending = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    if (!told.formats.includes(ending)) return say("no_format", { name: file.name });
    if (file.size > told.largest) return say("too_large", { name: file.name, size: bytes(file.size) });
    return "";
  }

  async function take(files) {
    if (!files.length || now.sending || now.bringing) return;
    if (now.upload) stop();
    begin();
    const [file] = files;
    const why = files.length > 1 ? say("one_only") : unfit(file);
    if (why) { fault("file-fault", why); return; }
    shown("drop", false);
    shown("sending", true);
    now.sending = send(file, (done, all) => {
      element("sent-part").value = done / all;
      element("sent-bytes").textContent = say("sending", { done: bytes(done), all: bytes(all) });
    });
    try {
      const upload = await now.sending.done;
      if (!upload) { begin(); return; }
      sent(upload);
      look({ kind: "", mapping: "", crs: "", id: "", title: "" });
    } catch (error) {
      begin();
      fault("file-fault", error.message);
    } finally {
      now.sending = null;
      element("file").value = "";
    }
  }

  /* ---- 2 and 3: the mapping, and a look ---- */
  async function look(asked) {
    if (!now.upload) return;
    if (now.asking) { now.again = asked; return; }
    const { id } = now.upload;
    Object.assign(now, { asked, asking: true, anyway: false, done: null });
    for (const where of ["look-fault", "bring-fault"]) fault(where, "");
    for (const what of ["found", "brought", "retry"]) shown(what, false);
    shown("looking", true);
    seconds("looking-for", "looking")(0);
    state("check", "active");
    state("bring", "idle");
    page.settle();
    page.leave(); // the answer to what was asked before is not waited for
    try {
      await ask("POST", `/files/${id}/look`, asked).finally(() => { now.asking = false; });
      if (now.again) { const next = now.again; now.again = null; await look(next); }
      else if (now.upload && now.upload.id === id) await watchLook();
    } catch (error) {
      ended("look-fault", error);
    }
  }

  async function watchLook() {
    shown("looking", true);
    seconds("looking-for", "looking")(0);
    const upload = await follow(now.upload.id, "look", seconds("looking-for", "looking"));
    if (upload) await looked(upload.look);
  }

  async function looked(found) {
    shown("looking", false);
    if (found.phase === "done") now.look = found.result;
    state("mapping", now.look ? "active" : "idle"); // of what cannot be read there is nothing to choose
    if (found.phase !== "done") {
      page.forget();
      fault("look-fault", tongue(found, "error") || say("stopped"));
      shown("retry", true);
      return;
    }
    page.render(found.result);
    if (!found.result.complete) { page.clear(); shown("ten", false); return; }
    state("check", "done");
    offer();
    const shapes = await ask("GET", `/files/${now.upload.id}/map`);
    if (now.look === found.result) page.show(shapes);
  }

  function ended(where, error) {
    now.bringing = false;
    for (const what of ["looking", "bringing"]) shown(what, false);
    shown("another", true);
    if (error.status === 404) { begin(); fault("file-fault", say("gone")); return; }
    state("mapping", now.look ? "active" : "idle");
    fault(where, error.message);
    shown("retry", where === "look-fault");
  }

  /* ---- 4: into the store ---- */
  function offer() {
    const { accepted, asks } = now.look;
    const open = asks && !now.anyway;
    state("bring", "active");
    shown("bring", accepted > 0);
    element("bring").textContent = say("bring_rows", { count: count(accepted) });
    element("bring").disabled = open;
    shown("first-decide", open);
  }

  async function bring() {
    fault("bring-fault", "");
    shown("bring", false);
    try {
      await ask("POST", `/files/${now.upload.id}/bring`, { anyway: now.anyway });
      await watchBring();
    } catch (error) {
      ended("bring-fault", error);
      if (now.upload) offer();
    }
  }

  async function watchBring() {
    shown("bring", false);
    shown("bringing", true);
    shown("first-decide", false);
    shown("another", false);
    now.bringing = true;
    state("bring", "active");
    seconds("bringing-for", "bringing")(0);
    const upload = await follow(now.upload.id, "bring", seconds("bringing-for", "bringing"));
    if (upload) brought(upload.bring);
  }

  function brought(done) {
    now.bringing = false;
    now.done = done;
    shown("bringing", false);
    shown("another", true);
    if (done.phase === "done" && page.isUndone(done.result.batch)) {
      shown("brought", false);
      offer();
      return;
    }
    if (done.phase !== "done") {
      offer();
      fault("bring-fault", tongue(done, "error") || say("stopped"));
      return;
    }
    const { accepted, rejected, batch, is_known: isKnown } = done.result;
    const key = isKnown ? "known" : batch ? "brought" : "nothing";
    element("brought-told").textContent = say(key, { count: count(accepted), batch });
    shown("bring", false);
    shown("brought", true);
    shown("bring-rejects", rejected > 0);
    element("bring-rejects").textContent = say("rejects", { count: count(rejected) });
    state("bring", "done");
    keep("see");
    page.batches();
  }

  const stop = () => now.upload && ask("POST", `/files/${now.upload.id}/stop`).catch((error) => page.note(error.message));
  const stem = () => now.upload.name.replace(/\.[^.]*$/, "");
  const rejects = (step) => download(`/files/${now.upload.id}/${step}/rejects`, `${stem()}.rejects.csv`)
    .catch((error) => page.note(error.message));

  /* ---- after a reload: as it stands on the server ---- */
  async function resume() {
    page.rows();
    fault("file-fault", "");
    const id = new URLSearchParams(location.search).get("upload");
    await page.batches();
    if (!id) return;
    now.resuming = true;
    try {
      const upload = await page.stand(id);
      sent(upload);
      if (upload.look.phase === "running") await watchLook();
      else if (upload.look.phase !== "none") await looked(upload.look);
      if (upload.bring.phase === "running") await watchBring();
      else if (upload.bring.phase !== "none") brought(upload.bring);
    } catch (error) {
      ended("file-fault", error);
    } finally {
      now.resuming = false;
    }
  }

  /* ---- what a person does ---- */
  on("drop", "click", () => element("file").click());
  on("file", "change", () => take([...element("file").files]));
  on("another", "click", () => { stop(); begin(); element("drop").focus(); });
  on("break-off", "click", () => now.sending && now.sending.abort());
  on("kind", "change", () => { page.afresh(); page.rows(); look(page.chosen()); });
  on("crs", "change", () => { page.rows(); if (element("crs").value !== "other") look(page.chosen()); });
  for (const id of ["epsg", "layer-id", "layer-title"]) on(id, "change", () => look(page.chosen()));
  on("toml", "input", () => page.edit());
  on("retry", "click", () => look(now.asked || page.chosen()));
  on("again", "click", () => look(page.chosen()));
  on("use", "click", () => { page.chooseSystem(now.look.suspected); look(page.chosen()); });
  on("anyway", "click", () => {
    now.anyway = !now.anyway;
    element("anyway").setAttribute("aria-pressed", String(now.anyway));
    element("anyway").textContent = say(now.anyway ? "answered" : "anyway");
    offer();
  });
  on("bring", "click", bring);
  on("stop-look", "click", stop);
  on("stop-bring", "click", stop);
  on("look-rejects", "click", () => rejects("look"));
  on("bring-rejects", "click", () => rejects("bring"));
  window.addEventListener("desk-token", resume);
  window.addEventListener("data-undone", () => now.done && brought(now.done));

  let over = 0; // a drag enters and leaves every element on its way
  const dragged = (by) => (event) => {
    event.preventDefault();
    over = Math.max(0, over + by);
    element("body").classList.toggle("is-dragged", over > 0);
  };
  window.addEventListener("dragenter", dragged(1));
  window.addEventListener("dragleave", dragged(-1));
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => {
    dragged(-Infinity)(event);
    take([...event.dataTransfer.files]);
  });

  resume();
})();
