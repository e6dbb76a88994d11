/**
 * RTP, RFC 3550: a packet seen in place, the selection of one source, and the window that puts its packets back in order. Knows
 * no payload format. One thread owns each object; time comes with the packets.
 */
package io.mcm.rtp;
