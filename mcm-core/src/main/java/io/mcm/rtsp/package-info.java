/**
 * RTSP 1.0 (RFC 2326), what its clients and servers have in common: messages and interleaved frames on a connection, the header fields with a syntax of
 * their own, digest authentication (RFC 7616).
 */
package io.mcm.rtsp;
