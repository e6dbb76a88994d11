/**
 * Capture files read without a native library: {@link io.mcm.capture.CaptureReader} gives the records of pcap and pcapng files,
 * {@link io.mcm.capture.DatagramReader} the UDP datagrams in them, {@link io.mcm.capture.RtpStreams} the RTP streams among those, and
 * {@link io.mcm.capture.RtpPacketReader} the packets of the selected one.
 */
package io.mcm.capture;
