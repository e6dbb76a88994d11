package io.mcm.camera.impair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.source.CameraSource;
import io.mcm.camera.source.CaptureSource;
import io.mcm.camera.truth.ReceiverBounds;
import io.mcm.camera.truth.ReceiverModel;
import io.mcm.camera.truth.Reception;
import io.mcm.camera.truth.Truth;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.Depacketizer;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.ReorderWindow;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {

    private static final Path EXAMPLES = Path.of("scenarios");
    private static final Path CAPTURE = Path.of("..", "pcaps", "veth_ff_main_1280x720_2M.pcap");
    /** 1.9 s each: longer than any example's time line. */
    private static final int PASSES = 4;
    private static final long SEED = 5;

    @TempDir
    private Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.sorted().toList();
        }
    }

    private Truth play(List<Phase> phases, TimedPacketSink sink) throws IOException {
        Path file = folder.resolve("truth.jsonl");
        StreamSelection selection = StreamSelection.of(RtpStreams.scan(CAPTURE), OptionalInt.empty(), OptionalInt.empty());
        try (OutputStream out = Files.newOutputStream(file); CameraSource source = new CaptureSource(CAPTURE, selection, PASSES)) {
            Impairer impairer = new Impairer(new Impairments(SEED, phases), out, sink);
            source.play(impairer);
            impairer.end();
        }
        return Truth.read(file);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleDoesWhatItSaysAndItsGroundTruthIsWhatAReceiverCounts(Path example) throws IOException {
        List<Phase> phases = Scenario.read(example);
        RecordingSink sent = new RecordingSink();
        Truth truth = play(phases, sent);
        assertThat(truth.seed()).isEqualTo(SEED);
        Set<String> told = truth.events().stream().map(Truth.Event::name).collect(Collectors.toSet());
        assertThat(told).isEqualTo(phases.stream().map(phase -> ImpairmentKind.of(phase.impairment()).toString()).collect(Collectors.toSet()));
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), new Depacketizer(new NalUnits()));
        for (int i = 0; i < sent.packets.size(); i++) {
            byte[] packet = sent.packets.get(i);
            if (sent.channels.get(i) == 0) {
                receiver.accept(MemorySegment.ofArray(packet), 0, packet.length, sent.due.get(i));
            }
        }
        receiver.flush();
        Reception expected = ReceiverModel.of(truth, 0, ReceiverBounds.of(ReorderWindow.DEFAULT_PACKETS, ReorderWindow.DEFAULT_NANOS));
        receiver.counters().forEach((counter, got) -> assertThat(got).as("%s", counter).isEqualTo(expected.count(counter)));
        assertThat(expected.count(RtpCounter.PACKETS)).isGreaterThan(1_000);
    }

    @Test
    void theExamplesTogetherUseEveryImpairmentThatATimeLineIsFor() throws IOException {
        Set<ImpairmentKind> used = examples().stream().flatMap(file -> read(file).stream())
            .map(phase -> ImpairmentKind.of(phase.impairment())).collect(Collectors.toSet());
        assertThat(used).contains(ImpairmentKind.BURST_LOSS, ImpairmentKind.STALL, ImpairmentKind.SILENCE, ImpairmentKind.RESTART, ImpairmentKind.SSRC_CHANGE,
            ImpairmentKind.TIMESTAMP_JUMP, ImpairmentKind.SEQUENCE_JUMP, ImpairmentKind.RATE_LIMIT, ImpairmentKind.DRIFT, ImpairmentKind.BIT_ERRORS);
    }

    private static List<Phase> read(Path file) {
        try {
            return Scenario.read(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anEntryIsOnFromItsTimeForItsDurationOrUntilItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), """
            timeline:
              - at: 2s
                for: 500ms
                loss: 5
                delay: 3
              - until: 40us
                silence:
              - at: 1.5min
                restart:
            """);
        assertThat(Scenario.read(file)).containsExactly(
            new Phase(new Impairment.Loss(5), 2_000_000_000L, 2_500_000_000L),
            new Phase(new Impairment.Delay(3), 2_000_000_000L, 2_500_000_000L),
            new Phase(new Impairment.Silence(), 0, 40_000),
            new Phase(new Impairment.Restart(), 90_000_000_000L, Phase.FOREVER));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        timeline: [{at: 2, loss: 5}]                     | s.yaml:1: '2' is no time; allowed are numbers with a unit, like 2s
        timeline:;  - at: 1s;    lost: 5                 | s.yaml:3: 'lost' is no impairment; allowed are loss, burst-loss
        timeline:;  - at: 1s;    loss: 500               | s.yaml:3: loss '500': 500; allowed are 0 to 100 percent
        timeline:;  - at: 1s;    loss: many              | s.yaml:3: loss 'many': 'many' is no number
        timeline:;  - at: 1s;    loss:                   | s.yaml:3: loss '': allowed is P
        timeline:;  - at: 1s;    silence: 3              | s.yaml:3: silence '3': no value is allowed
        timeline:;  - at: 1s;    stall:                  | s.yaml:2: a stall without an end holds packets for ever
        timeline:;  - at: 1s;    for: 2s                 | s.yaml:2: the entry has no impairment
        timeline:;  - at: 1s;    until: 500ms;    loss: 1 | s.yaml:2: from 1000000000 until 500000000 ns; it ends before it begins
        timeline:;  - for: 1s;    until: 2s;    loss: 1  | s.yaml:2: the entry has both for and until
        timeline:;  - for: 1s;    restart:               | s.yaml:2: restart happens once: it has no for and no until
        timeline:;  - loss: [1, 2]                       | s.yaml:2: loss has a list or keys; allowed is one value
        timeline:;  - loss                               | s.yaml:2: an entry has the keys at, for or until, and impairments
        timeline: 5                                      | s.yaml:1: timeline is a list of entries
        time: []                                         | s.yaml:1: 'time'; allowed are description and timeline
        description: x                                   | there is no timeline
        - loss: 5                                        | s.yaml:1: a scenario has the keys description and timeline
        timeline:;  - loss: "5                           | no YAML
        timeline:;  - rate-limit: 0                      | s.yaml:2: rate-limit '0': 0; allowed are 0.001 to 100000 Mbit/s
        timeline:;  - reorder: 5:9-2                     | s.yaml:2: reorder '5:9-2': 2; allowed are 9 to 4096 packets
        timeline:;  - bit-errors: 0.5                    | s.yaml:2: bit-errors '0.5': 0.5; allowed are 0 to 0.01 of the bits
        timeline:;  - truncate: 5:70000                  | s.yaml:2: truncate '5:70000': 70000; allowed are 0 to 65507 bytes
        timeline:;  - jitter: 5:uniform:yes              | s.yaml:2: jitter '5:uniform:yes': 'yes'; allowed is keeps-order
        timeline:;  - drift: 1e9                         | allowed are -100000 to 100000 ppm
        timeline:;  - delay: -1                          | s.yaml:2: delay '-1': -1; allowed are 0 to 3600000 ms
        """)
    void mistakesAreToldWithTheLineTheValueAndWhatIsAllowed(String text, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), text.replace(";", "\n"));
        assertThatThrownBy(() -> Scenario.read(file)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }
}
