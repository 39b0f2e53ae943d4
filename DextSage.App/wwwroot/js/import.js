// Takes the files of a Dext export, by drop or from one of the pickers, and posts them in one request.

export function attach(component, area, files, folder, tokenFrom) {
  return new ExportUpload(component, area, files, folder, tokenFrom);
}

class ExportUpload {
  constructor(component, area, files, folder, tokenFrom) {
    Object.assign(this, { component, tokenFrom });
    this.left = new AbortController();
    const on = (target, event, handler) => target.addEventListener(event, handler, { signal: this.left.signal });
    on(area, 'dragover', e => { e.preventDefault(); area.classList.add('over'); });
    on(area, 'dragleave', () => area.classList.remove('over'));
    on(area, 'drop', e => { e.preventDefault(); area.classList.remove('over'); this.add([...e.dataTransfer.files]); });
    for (const picker of [files, folder]) {
      const picked = () => { const chosen = [...picker.files]; picker.value = ''; this.add(chosen); };
      on(picker, 'change', picked);
      // What was chosen before anybody listened.
      picked();
    }
  }

  cancel() { this.request?.abort(); }

  dispose() {
    this.left.abort();
    this.request?.abort();
  }

  async add(files) {
    if (files.length === 0) return;
    const address = await this.component.invokeMethodAsync('Chosen', files.length, files.reduce((sum, file) => sum + file.size, 0));
    if (!address) return;
    try {
      const answer = await this.send(files, address);
      await this.component.invokeMethodAsync('Arrived', answer.id, answer.refusal);
    } catch (problem) {
      await this.component.invokeMethodAsync('Broke', problem?.status ?? 0);
    }
  }

  async send(files, address) {
    const ticket = await fetch(this.tokenFrom, { credentials: 'same-origin', cache: 'no-store' });
    if (!ticket.ok || ticket.redirected) throw { status: 401 };
    const { header, token } = await ticket.json();
    const form = new FormData();
    for (const file of files) form.append('files', file, file.name);
    return await new Promise((resolve, reject) => {
      const request = this.request = new XMLHttpRequest();
      let told = 0;
      request.open('POST', address);
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
  }
}
