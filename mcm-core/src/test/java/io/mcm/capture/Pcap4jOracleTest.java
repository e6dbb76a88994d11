package io.mcm.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.MissingTool;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.FragmentedPacket;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.UdpPacket;

/** Another reader of captures, pcap4j over libpcap, sees the same records and, where it knows the layers, the same datagrams. */
class Pcap4jOracleTest {

    @BeforeAll
    static void libpcapIsThere() {
        try {
            Pcaps.libVersion();
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            MissingTool.report("libpcap is missing: apt-get install libpcap0.8");
        }
    }

    static List<Path> captures() throws IOException {
        return Captures.all();
    }

    @ParameterizedTest
    @MethodSource("captures")
    void everyRecordAndEveryDatagramIsTheSame(Path file) throws Exception {
        PcapHandle theirs = Pcaps.openOffline(file.toString(), PcapHandle.TimestampPrecision.NANO);
        int datagrams = 0;
        try (CaptureReader records = CaptureReader.open(file); DatagramReader ours = DatagramReader.open(file)) {
            long deliveredUpTo = 0;
            for (Packet packet = next(theirs); packet != null; packet = next(theirs)) {
                assertThat(records.next()).isTrue();
                CaptureRecord record = records.record();
                assertThat(theirs.getTimestamp().getTime() / 1_000 * 1_000_000_000L + theirs.getTimestamp().getNanos())
                    .as("time of record %d", record.number()).isEqualTo(record.timestampNanos());
                assertThat(packet.getRawData()).isEqualTo(bytes(record));
                UdpPacket udp = packet.get(UdpPacket.class);
                if (udp != null && packet.get(FragmentedPacket.class) == null) {
                    assertSame(ours, deliveredUpTo, record, packet.get(IpPacket.class), udp);
                    deliveredUpTo = record.number();
                    datagrams++;
                }
            }
            assertThat(records.next()).isFalse();
        } finally {
            theirs.close();
        }
        assertThat(datagrams > 0).as("datagrams compared").isEqualTo(!file.toString().contains("tcp-interleaved"));
    }

    /** Ours may bring reassembled datagrams in between, which pcap4j does not know. */
    private static void assertSame(DatagramReader ours, long after, CaptureRecord record, IpPacket ip, UdpPacket udp)
            throws CaptureException {
        do {
            assertThat(ours.next()).as("a datagram in record %d", record.number()).isTrue();
        } while (ours.record().number() < record.number());
        assertThat(ours.record().number()).as("after record %d", after).isEqualTo(record.number());
        Datagram datagram = ours.datagram();
        assertThat(datagram.source().address()).isEqualTo(ip.getHeader().getSrcAddr());
        assertThat(datagram.destination().address()).isEqualTo(ip.getHeader().getDstAddr());
        assertThat(datagram.sourcePort()).isEqualTo(udp.getHeader().getSrcPort().valueAsInt());
        assertThat(datagram.destinationPort()).isEqualTo(udp.getHeader().getDstPort().valueAsInt());
        byte[] payload = udp.getPayload() == null ? new byte[0] : udp.getPayload().getRawData();
        assertThat(HexFormat.of().formatHex(payload)).isEqualTo(HexFormat.of().formatHex(
            datagram.segment().asSlice(datagram.offset(), datagram.length()).toArray(ValueLayout.JAVA_BYTE)));
    }

    private static byte[] bytes(CaptureRecord record) {
        return record.segment().asSlice(record.offset(), record.capturedLength()).toArray(ValueLayout.JAVA_BYTE);
    }

    private static Packet next(PcapHandle handle) throws PcapNativeException, TimeoutException, NotOpenException {
        try {
            return handle.getNextPacketEx();
        } catch (EOFException _) {
            return null;
        }
    }
}
