/** Fetches a port's packets from an RTSP camera, for as long as the port is open. */
package io.mcm.proxy.pull;
