/**
 * memif 2.0, FD.io's shared-memory interface: the client (slave) makes memory and passes it over a Unix socket, then both sides move
 * packets through rings in it. {@link io.mcm.memif.MemifServer} and {@link io.mcm.memif.MemifClient} do the handshake and answer a {@link
 * io.mcm.memif.MemifInterface} with its queues. Whatever a peer sends or writes is checked before it is used; a peer that breaks
 * the rules is disconnected with a reason.
 *
 * <p>Everything of one interface belongs to the thread that polls its {@link io.mcm.foreign.Reactor}.
 */
package io.mcm.memif;
