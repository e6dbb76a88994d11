/** The client's side of RTSP: from a camera's URL to its packets, for a thread that may wait. */
package io.mcm.rtsp.client;
