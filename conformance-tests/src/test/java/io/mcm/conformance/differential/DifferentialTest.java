package io.mcm.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.Mcm;
import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.ChildProcesses;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every capture through every peer: the same bytes as ours, or a row in {@code PEERS.md} that still holds. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class DifferentialTest {

    @RegisterExtension
    private final ChildProcesses processes = new ChildProcesses();

    static Stream<Arguments> capturesAndPeers() {
        return Captures.distinct().stream()
            .flatMap(capture -> Arrays.stream(PeerDepacketizer.values()).map(peer -> Arguments.of(capture, peer)));
    }

    static Stream<Capture> captures() {
        return Captures.distinct().stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("capturesAndPeers")
    void aPeerDeliversTheSameBytesUnlessItsRowSaysWhatElse(Capture capture, PeerDepacketizer peer) throws Exception {
        RtpPackets packets = RtpPackets.of(capture);
        ByteStream theirs = peer.depacketize(readable(capture, packets), packets, processes);
        assertListed(capture, peer.label(), theirs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void gstreamerReadsTheCaptureUnlessItsRowSaysThatItCannot(Capture capture) throws Exception {
        RtpPackets packets = RtpPackets.of(capture);
        ByteStream asItIs = PeerDepacketizer.GSTREAMER.depacketize(capture.file(), packets, processes);
        PlainPcap.write(packets, processes.file("plain.pcap"));
        ByteStream plain = PeerDepacketizer.GSTREAMER.depacketize(processes.file("plain.pcap"), packets, processes);
        boolean listed = Difference.of(capture.file(), Difference.PCAPPARSE).isPresent();
        assertThat(asItIs.md5().equals(plain.md5())).isEqualTo(!listed);
        if (listed) {
            assertListed(capture, Difference.PCAPPARSE, asItIs);
        }
    }

    @Test
    void everyRowIsOfACaptureAndOfAPeer() {
        Set<String> peers = Arrays.stream(PeerDepacketizer.values()).map(PeerDepacketizer::label).collect(Collectors.toCollection(HashSet::new));
        peers.add(Difference.PCAPPARSE);
        assertThat(Difference.all()).isNotEmpty().doesNotHaveDuplicates().allSatisfy(row -> assertThat(peers).contains(row.peer()));
        List<String> known = names(Captures.distinct());
        List<String> rows = Difference.all().stream().map(Difference::file).distinct().toList();
        if (Captures.distinct().size() > Captures.ours().size()) {
            assertThat(known).containsAll(rows);
        } else {
            // The rows of captures that lie beside this repository are checked where those are.
            assertThat(rows).containsAnyElementsOf(known);
        }
    }

    private static List<String> names(List<Capture> captures) {
        return captures.stream().map(capture -> capture.file().getFileName().toString()).toList();
    }

    private Path readable(Capture capture, RtpPackets packets) throws Exception {
        if (Difference.of(capture.file(), Difference.PCAPPARSE).isEmpty()) {
            return capture.file();
        }
        Path plain = processes.file("plain.pcap");
        PlainPcap.write(packets, plain);
        return plain;
    }

    private void assertListed(Capture capture, String peer, ByteStream theirs) throws Exception {
        ByteStream ours = ours(capture);
        Difference found = new Difference(capture.file().getFileName().toString(), peer, theirs.nalUnits().size(),
            inCommon(ours.nalUnits(), theirs.nalUnits()));
        Optional<Difference> seen = ours.md5().equals(theirs.md5()) ? Optional.empty() : Optional.of(found);
        assertThat(seen).as("what PEERS.md must say of it").isEqualTo(Difference.of(capture.file(), peer));
    }

    private ByteStream ours(Capture capture) throws Exception {
        Path out = processes.file("ours.h264");
        int exitCode = Mcm.commandLine().execute("depacketize", capture.file().toString(), "--out", out.toString());
        assertThat(exitCode).isZero();
        return ByteStream.read(out);
    }

    /** How many of theirs stand in ours, in the same order. */
    private static int inCommon(List<ByteBuffer> ours, List<ByteBuffer> theirs) {
        int next = 0;
        int common = 0;
        for (ByteBuffer unit : theirs) {
            int at = ours.subList(next, ours.size()).indexOf(unit);
            if (at >= 0) {
                common++;
                next += at + 1;
            }
        }
        return common;
    }
}
