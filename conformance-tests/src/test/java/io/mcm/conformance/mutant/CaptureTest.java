package io.mcm.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.replay.CaptureCase;
import io.mcm.conformance.run.Outcome;
import io.mcm.conformance.run.Runner;
import io.mcm.conformance.run.Verdict;
import io.mcm.conformance.suite.Evidence.Direction;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.target.Target;
import io.mcm.control.DeliveryUnit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** A capture as a case: it passes where the proxy is sound, and elsewhere tells where the proxy differs first. */
@Timeout(300)
class CaptureTest {

    private static final String CLEAN = "veth_ff_main_1280x720_2M.pcap";
    private static final double SPEED = 4;

    private static Outcome play(Mutant mutant, String capture) throws IOException {
        try (Target target = new MutantTarget(mutant)) {
            return new Runner(target, Profile.STRICT, 1, Map.of(), _ -> {})
                .run(List.of(CaptureCase.of(Captures.named(capture).file(), OptionalInt.empty(), OptionalInt.empty(), SPEED))).outcomes().getFirst();
        }
    }

    private static Outcome play(String mutant) throws IOException {
        return play(Mutants.all().stream().filter(each -> each.name().equals(mutant)).findFirst().orElseThrow(), CLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLEAN, "mut_loss0.5_seed10.pcap", "mut_seqwrap_reorder10w8_dup2_seed11.pcap", "fmt_pcapng.pcapng"})
    void aSoundProxyPassesWhateverTheNetworkDid(String capture) throws IOException {
        Outcome outcome = play(Mutant.SOUND, capture);
        assertThat(outcome.verdict()).as(outcome.actual()).isEqualTo(Verdict.PASS);
        assertThat(outcome.evidence().entries().getLast().text()).isEqualTo(Captures.named(capture).nalUnits() + " NAL units came as they should");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FRAGMENT")
    void aSoundProxyPassesWhateverItPutsIntoABuffer(DeliveryUnit unit) throws IOException {
        Outcome outcome = play(Mutant.SOUND.delivering(unit), CLEAN);
        assertThat(outcome.verdict()).as(outcome.actual()).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
        loses-last-byte-of-fragmented-unit ~ type [15] .*, \\d+ packets, \\d+ to \\d+; from byte .* ~ \\d+ bytes, other from byte \\d+ on: .*
        loses-one-packet-in-five           ~ type \\d+ .*, access unit \\d+, timestamp \\d+, .*    ~ NAL unit \\d+: \\d+ did not come
        delivers-twice                     ~ type \\d+ .*                                          ~ the NAL unit before it a second time
        """)
    void aFaultIsToldByTheFirstNalUnitThatDiffers(String mutant, String expected, String actual) throws IOException {
        Outcome outcome = play(mutant);
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(outcome.expected()).matches("NAL unit \\d+: " + expected);
        assertThat(outcome.actual()).matches(actual);
    }

    @Test
    void theEvidenceOfAFaultIsThePacketsThatCarryTheNalUnit() throws IOException {
        Outcome outcome = play("loses-last-byte-of-fragmented-unit");
        List<String> packets = outcome.evidence().entries().stream().dropWhile(entry -> !entry.text().startsWith("expected NAL unit"))
            .filter(entry -> entry.direction() == Direction.PACKET).map(entry -> entry.text()).toList();
        assertThat(packets.getFirst()).endsWith(" start");
        assertThat(packets.getLast()).endsWith(" end");
    }
}
