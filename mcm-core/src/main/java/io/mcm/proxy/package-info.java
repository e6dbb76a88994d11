/**
 * The media proxy. A camera port takes RTP from a UDP port; each session on it hands the NAL units to one consumer through memif, as
 * {@link io.mcm.proxy.delivery} says. A worker thread owns a set of camera ports and runs each batch of packets to completion; control connections
 * hand it commands.
 *
 * <pre>
 *   control -> MediaProxy -> Cameras -> Worker -+-> CameraPort -+-> Session (delivery, memif)
 *                                               |               `-> Session
 *                                               `-> CameraPort ...
 * </pre>
 */
package io.mcm.proxy;
