/** Cells that leave Hora for a spreadsheet. Pure. */

/** What a spreadsheet takes for a formula, also as it is typed on a Japanese keyboard. */
const formula = /^'*[=+\-@＝＋－＠\t\r]/;

/** A cell that a spreadsheet would take for a formula begins with an apostrophe. */
export const neutral = (text: string) => (formula.test(text) ? `'${text}` : text);

/** What `neutral` was given. */
export const unneutral = (cell: string) => (/^'/.test(cell) && formula.test(cell) ? cell.slice(1) : cell);
