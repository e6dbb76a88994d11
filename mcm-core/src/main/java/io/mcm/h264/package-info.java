/**
 * H.264 in RTP, RFC 6184, and as a byte stream, ITU-T H.264 annex B: NAL units out of packets and into packets, found in a
 * stream and written as one. Knows no sockets.
 */
package io.mcm.h264;
