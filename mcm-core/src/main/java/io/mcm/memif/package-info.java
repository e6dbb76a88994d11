/**
 * memif 2.0, FD.io's shared-memory interface: the client (slave) makes memory and passes it over a Unix socket, then both sides move
 * packets through rings in it. This package is the contract; the engines behind it are {@link io.mcm.memif.builtin} and an
 * installed libmemif. A {@link io.mcm.memif.MemifEngine} does the handshake and answers a {@link io.mcm.memif.MemifInterface} with its queues.
 *
 * <p>Everything of one interface belongs to the thread that polls its {@link io.mcm.foreign.Reactor}.
 */
package io.mcm.memif;
