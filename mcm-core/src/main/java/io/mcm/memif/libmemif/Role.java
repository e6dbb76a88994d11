package io.mcm.memif.libmemif;

/** memif's names of the server and of the client. */
enum Role { MASTER, SLAVE }
