/**
 * The engine that binds an installed libmemif, VPP's or the one patched by MCM, through {@link io.mcm.foreign}. libmemif believes what its
 * peers write: this engine is for peers that are trusted. What it lacks against the builtin one:
 *
 * <ul>
 *   <li>a peer is not told why it is disconnected: libmemif sends no DISCONNECT once an interface is bound
 *   <li>a sleeping consumer cannot be signalled again: there is no call for it
 *   <li>a few bytes leak with every connection: libmemif never frees what it hands out with a control descriptor
 * </ul>
 */
package io.mcm.memif.libmemif;
