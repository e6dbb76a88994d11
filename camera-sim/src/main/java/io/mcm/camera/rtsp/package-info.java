/**
 * The camera as an RTSP server (RFC 2326): every client gets its own play of the source, over UDP or interleaved, in a thread of its own.
 */
package io.mcm.camera.rtsp;
