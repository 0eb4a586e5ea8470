/** The fleet that is meant where none is named. */
export const defaultFleet = 'default';
