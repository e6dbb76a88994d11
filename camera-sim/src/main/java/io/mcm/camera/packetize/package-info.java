/** Puts NAL units in RTP packets as RFC 6184 allows it, and as known devices do whether it is allowed or not. */
package io.mcm.camera.packetize;
