// Takes files from a drop or a paste anywhere on the page, from the picker or from the camera, and posts those that the component wants together, in one request.

export function attach(component, overlay, picker, camera, endpoint) {
  return new Uploads(component, overlay, picker, camera, endpoint);
}

class Uploads {
  constructor(component, overlay, picker, camera, endpoint) {
    Object.assign(this, { component, overlay, picker, camera, endpoint });
    this.left = new AbortController();
    this.depth = 0;
    this.turn = Promise.resolve();
    this.waiting = 0;
    const on = (target, event, handler) => target.addEventListener(event, handler, { signal: this.left.signal });
    on(document, 'dragenter', e => { if (carriesFiles(e)) { e.preventDefault(); this.depth++; this.overlay.hidden = false; } });
    on(document, 'dragover', e => { if (carriesFiles(e)) { e.preventDefault(); e.dataTransfer.dropEffect = 'copy'; } });
    on(document, 'dragleave', e => { if (carriesFiles(e) && --this.depth <= 0) this.hide(); });
    on(document, 'drop', e => {
      if (!carriesFiles(e)) return;
      e.preventDefault();
      this.hide();
      this.add(dropped(e.dataTransfer));
    });
    on(document, 'paste', e => {
      if (isTyped(e.target)) return;
      const files = [...(e.clipboardData?.files ?? [])].map(file => ({ file: named(file, 'Pasted picture'), isFolder: false }));
      if (files.length === 0) return;
      e.preventDefault();
      this.add(files);
    });
    const picked = () => this.add(taken(picker));
    const photographed = () => this.add(taken(camera).map(({ file }) => ({ file: named(file, 'Photo'), isFolder: false })));
    on(picker, 'change', picked);
    on(camera, 'change', photographed);
    // What was chosen before anybody listened.
    picked();
    photographed();
  }

  cancel() { this.request?.abort(); }
  hide() { this.depth = 0; this.overlay.hidden = true; }

  dispose() {
    this.left.abort();
    this.request?.abort();
  }

  // One drop after the other: what comes while another is on its way is next.
  add(found) {
    if (found.length === 0) return;
    const follows = this.waiting++ > 0;
    if (follows) this.component.invokeMethodAsync('Follows', found.length);
    this.turn = this.turn.then(() => this.left.signal.aborted ? undefined : this.offer(found, follows)).finally(() => this.waiting--);
  }

  async offer(found, follows) {
    // Numbers and short names only: the files themselves never travel over the circuit.
    const offers = found.slice(0, 1000).map(({ file, isFolder }) => ({ name: file.name.slice(-200), length: file.size, isFolder }));
    const wanted = await this.component.invokeMethodAsync('Offered', offers, found.length, follows);
    if (wanted.length === 0) return;
    try {
      await this.send(wanted.map(index => found[index].file));
    } catch (problem) {
      await this.component.invokeMethodAsync('Broke', problem?.status ?? 0);
    }
  }

  async send(files) {
    const ticket = await fetch(this.endpoint, { credentials: 'same-origin', cache: 'no-store' });
    if (!ticket.ok || ticket.redirected) throw { status: 401 };
    const { header, token } = await ticket.json();
    const form = new FormData();
    for (const file of files) form.append('files', file, file.name);

    await new Promise((resolve, reject) => {
      const request = this.request = new XMLHttpRequest();
      let told = 0, read = 0, telling = Promise.resolve();
      // A report is a line, and there as soon as it is known. One at a time: a long list of notes must not exceed what one message over the circuit may carry.
      const tell = () => {
        for (let end; (end = request.responseText.indexOf('\n', read)) >= 0; read = end + 1) {
          const report = JSON.parse(request.responseText.slice(read + 1, end));
          telling = telling.then(() => this.component.invokeMethodAsync('Arrived', report));
        }
      };
      request.open('POST', this.endpoint);
      request.setRequestHeader(header, token);
      request.upload.onprogress = e => {
        const now = performance.now();
        if (now - told < 200 && e.loaded < e.total) return;
        told = now;
        this.component.invokeMethodAsync('Sent', e.loaded);
      };
      request.onprogress = () => { if (request.status === 200) tell(); };
      request.onload = () => {
        if (request.status !== 200) return reject({ status: request.status });
        tell();
        resolve(telling);
      };
      request.onerror = () => reject({ status: 0 });
      request.onabort = () => reject({ status: -1 });
      request.send(form);
    });
    await this.component.invokeMethodAsync('Finished');
  }
}

const carriesFiles = e => [...(e.dataTransfer?.types ?? [])].includes('Files');

// What is pasted into a field, or while something else is asked in a dialog, is meant for that.
const isTyped = at => at instanceof Element && (at.closest('input, textarea, select, [contenteditable=""], [contenteditable="true"]') !== null || document.querySelector('[role=dialog]') !== null);

function taken(input) {
  const files = [...input.files].map(file => ({ file, isFolder: false }));
  input.value = '';
  return files;
}

// Clipboards and cameras call every picture the same.
function named(file, what) {
  if (!/^(image|photo|blob)?\.?(png|jpe?g|heic|tiff?|gif|bmp|webp)?$/i.test(file.name)) return file;
  const at = new Date(), two = n => String(n).padStart(2, '0');
  const when = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}`;
  const extension = file.name.includes('.') ? file.name.split('.').pop() : (file.type.split('/')[1] ?? 'png');
  return new File([file], `${what} ${when}.${extension}`, { type: file.type });
}

// A folder shows itself as a file that cannot be read.
function dropped(transfer) {
  return [...transfer.items].filter(item => item.kind === 'file').map(item => ({
    file: item.getAsFile(),
    isFolder: item.webkitGetAsEntry?.()?.isDirectory ?? false,
  })).filter(({ file }) => file !== null);
}
