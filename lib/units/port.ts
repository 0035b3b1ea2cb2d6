/** The largest number of a port. */
export const MAX_PORT = 65_535;
