// Takes files from a drop anywhere on the page, or from the picker, and posts those that the component wants together, in one request.

export function attach(component, overlay, picker, endpoint) {
  return new Uploads(component, overlay, picker, endpoint);
}

class Uploads {
  constructor(component, overlay, picker, endpoint) {
    Object.assign(this, { component, overlay, picker, endpoint });
    this.left = new AbortController();
    this.depth = 0;
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
    on(picker, 'change', () => {
      const files = [...picker.files].map(file => ({ file, isFolder: false }));
      picker.value = '';
      this.add(files);
    });
  }

  pick() { this.picker.click(); }
  cancel() { this.request?.abort(); }
  hide() { this.depth = 0; this.overlay.hidden = true; }

  dispose() {
    this.left.abort();
    this.request?.abort();
  }

  async add(found) {
    if (found.length === 0) return;
    // Numbers and short names only: the files themselves never travel over the circuit.
    const offers = found.slice(0, 1000).map(({ file, isFolder }) => ({ name: file.name.slice(-200), length: file.size, isFolder }));
    const wanted = await this.component.invokeMethodAsync('Offered', offers, found.length);
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

    const reports = await new Promise((resolve, reject) => {
      const request = this.request = new XMLHttpRequest();
      let told = 0;
      request.open('POST', this.endpoint);
      request.setRequestHeader(header, token);
      request.responseType = 'json';
      request.upload.onprogress = e => {
        const now = performance.now();
        if (now - told < 200 && e.loaded < e.total) return;
        told = now;
        this.component.invokeMethodAsync('Sent', e.loaded);
      };
      request.onload = () => request.status === 200 ? resolve(request.response) : reject({ status: request.status });
      request.onerror = () => reject({ status: 0 });
      request.onabort = () => reject({ status: -1 });
      request.send(form);
    });
    // One at a time: a long list of notes must not exceed what one message over the circuit may carry.
    for (const report of reports) await this.component.invokeMethodAsync('Arrived', report);
    await this.component.invokeMethodAsync('Finished');
  }
}

const carriesFiles = e => [...(e.dataTransfer?.types ?? [])].includes('Files');

// A folder shows itself as a file that cannot be read.
function dropped(transfer) {
  return [...transfer.items].filter(item => item.kind === 'file').map(item => ({
    file: item.getAsFile(),
    isFolder: item.webkitGetAsEntry?.()?.isDirectory ?? false,
  })).filter(({ file }) => file !== null);
}
