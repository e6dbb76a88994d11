/** The simulated RTP H.264 camera: {@code source -> impair -> pace -> send}, each stage a {@link io.mcm.camera.TimedPacketSink}. */
package io.mcm.camera;
