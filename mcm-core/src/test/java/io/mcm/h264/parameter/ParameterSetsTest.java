package io.mcm.h264.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterSetsTest {

    private static final SetCase BASELINE = named("baseline");
    private static final SetCase MAIN = named("main");
    private static final SetCase ID_7 = named("spsid");

    private final ParameterSets sets = new ParameterSets();

    private static SetCase named(String name) {
        return SetCase.all().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    private List<String> handedOut() {
        List<String> all = new ArrayList<>();
        sets.forEach(unit -> all.add(HexFormat.of().formatHex(unit.toArray(ValueLayout.JAVA_BYTE))));
        return all;
    }

    private static String hex(MemorySegment unit) {
        return HexFormat.of().formatHex(unit.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void setsAreKnownByTheirIdsAndHandedOutSequenceSetsFirst() {
        assertThat(sets.accept(ID_7.pps())).isTrue();
        assertThat(sets.accept(ID_7.sps())).isTrue();
        assertThat(sets.accept(BASELINE.sps())).isTrue();
        assertThat(sets.sequenceSet(7)).map(SequenceParameterSet::width).contains(640);
        assertThat(sets.sequenceSet(0)).map(SequenceParameterSet::width).contains(320);
        assertThat(sets.readableSequenceSets()).extracting(SequenceParameterSet::id).containsExactly(0, 7);
        assertThat(sets.sequenceSet(1)).isEmpty();
        assertThat(sets.pictureSet(7)).map(PictureParameterSet::sequenceId).contains(7);
        assertThat(handedOut()).containsExactly(hex(BASELINE.sps()), hex(ID_7.sps()), hex(ID_7.pps()));
        assertThat(sets.size()).isEqualTo(3);
    }

    @Test
    void theLaterOfTwoWithOneIdStandsAndARepetitionIsNoChange() {
        assertThat(sets.accept(BASELINE.sps())).isTrue();
        assertThat(sets.accept(BASELINE.sps())).isFalse();
        assertThat(sets.changes()).isEqualTo(1);
        SequenceParameterSet read = sets.sequenceSet(0).orElseThrow();
        assertThat(sets.sequenceSet(0).orElseThrow()).as("read once").isSameAs(read);
        assertThat(sets.accept(MAIN.sps())).isTrue();
        assertThat(sets.sequenceSet(0)).map(SequenceParameterSet::profileName).contains("Main");
        assertThat(sets.size()).isEqualTo(1);
        assertThat(sets.changes()).isEqualTo(2);
    }

    @Test
    void theBytesAreCopied() {
        byte[] bytes = BASELINE.sps().toArray(ValueLayout.JAVA_BYTE);
        sets.accept(MemorySegment.ofArray(bytes));
        java.util.Arrays.fill(bytes, (byte) 0);
        assertThat(sets.sequenceSet(0)).map(SequenceParameterSet::width).contains(320);
    }

    @Test
    void otherUnitsAreNotTaken() {
        assertThat(sets.accept(SetCase.unit("65888400"))).isFalse();
        assertThat(sets.accept(SetCase.unit("6d00"))).isFalse();
        assertThat(sets.accept(MemorySegment.ofArray(new byte[0]))).isFalse();
        assertThat(sets.size() + sets.changes() + sets.refused()).isZero();
    }

    @Test
    void whatHasNoIdOrIsTooLongIsRefused() {
        assertThat(sets.accept(SetCase.unit("67"))).isFalse();
        assertThat(sets.accept(SetCase.unit("6742c00d"))).isFalse();
        assertThat(sets.accept(new BitWriter().u(24, 0x42001f).ue(32).unit(0x67))).isFalse();
        assertThat(sets.accept(new BitWriter().ue(256).unit(0x68))).isFalse();
        byte[] tooLong = new byte[ParameterSets.MAX_LENGTH + 1];
        tooLong[0] = 0x68;
        tooLong[1] = (byte) 0x80;
        assertThat(sets.accept(MemorySegment.ofArray(tooLong))).isFalse();
        assertThat(sets.refused()).isEqualTo(5);
        assertThat(sets.accept(MemorySegment.ofArray(tooLong), 0, ParameterSets.MAX_LENGTH)).isTrue();
    }

    @Test
    void aBrokenSetIsKeptButSaysNothing() {
        MemorySegment broken = BASELINE.sps().asSlice(0, 8);
        assertThat(sets.accept(broken)).isTrue();
        assertThat(sets.sequenceSet(0)).isEmpty();
        assertThat(sets.readableSequenceSets()).isEmpty();
        assertThat(handedOut()).containsExactly(hex(broken));
    }

    @Test
    void thereIsRoomForEveryIdAndNoMore() {
        for (int id = 0; id < 300; id++) {
            sets.accept(new BitWriter().u(24, 0x42001f).ues(id, 0).unit(0x67));
            sets.accept(new BitWriter().ues(id, 0).unit(0x68));
        }
        assertThat(sets.size()).isEqualTo(32 + 256);
        assertThat(sets.refused()).isEqualTo(300 - 32 + 300 - 256);
    }
}
