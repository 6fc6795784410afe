/** What a page's `load` depends on, so that events can have it read again. */
export const pageData = 'hora:page';
