// Fetches a file beside the page, which stays as it is.
window.dextSageDownload = (address) => {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
};
