// Puts the keyboard onto the button of a row's cell; nowhere where the row has left the page meanwhile.
export const focusCell = (code, cell) => document.querySelector(`tr[data-code="${code}"] > .${cell} button`)?.focus();
