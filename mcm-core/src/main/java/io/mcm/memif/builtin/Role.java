package io.mcm.memif.builtin;

/** Which end of a memif connection: the server listens (memif's master), the client connects and owns the memory (slave). */
enum Role { SERVER, CLIENT }
