/**
 * What PostgreSQL is told at the start of a session of ours. A machine that loses its power or its network says nothing, and its
 * session would stand, with its locks, for over two hours: so long no hold could be placed. So it is noticed within half a
 * minute; on a socket of this machine the system itself says at once that a process is gone.
 */
export const endsWithItsPeer =
  "set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = '30s'; set client_connection_check_interval = '5s'";

/** The same from our side: milliseconds before the operating system asks whether the server is still there. */
export const keepAlive = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;
