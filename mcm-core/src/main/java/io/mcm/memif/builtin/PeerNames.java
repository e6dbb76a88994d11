package io.mcm.memif.builtin;

/**
 * What the peer calls itself.
 *
 * @param application its program (HELLO, INIT)
 * @param interfaceName its end of the connection (CONNECT, CONNECTED)
 */
record PeerNames(String application, String interfaceName) {}
