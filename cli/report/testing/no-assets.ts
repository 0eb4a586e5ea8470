/** What stays the same in every report has no place in a snapshot of one. */
export const noAssets = { style: '', page: '', timeline: '' };
