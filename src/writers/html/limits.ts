/** A browser is quick with so many rows, and a person does not read more. */
export const MOST_ROWS = 500;
