// The HTTP statuses that say how it stands with the server, whatever the body holds.

export const HTTP_UNAUTHORIZED = 401;
export const HTTP_TOO_MANY_REQUESTS = 429;

/** From here on the trouble is the server's own. */
export const HTTP_SERVER_SIDE = 500;
