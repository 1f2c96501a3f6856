// The HTTP statuses that say how it stands with the server, whatever the body holds.

export const HTTP_UNAUTHORIZED = 401;
export const HTTP_TOO_MANY_REQUESTS = 429;

/** This and higher statuses are errors of the server. */
export const HTTP_SERVER_SIDE = 500;
