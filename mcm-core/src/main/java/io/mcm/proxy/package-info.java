/**
 * The media proxy: a session takes RTP from a UDP port and hands its NAL units to one consumer through memif. A worker thread owns a set of
 * sessions and runs each batch of packets to completion; control connections hand it commands.
 */
package io.mcm.proxy;
