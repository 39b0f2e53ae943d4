// Calls a function of a module: one journey from the server to the browser, where asking for the module, calling it and letting go of it are three.
window.dextSageCall = async (module, name, ...values) => (await import(new URL(module, document.baseURI)))[name](...values);
