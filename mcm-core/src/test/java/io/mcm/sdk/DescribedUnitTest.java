package io.mcm.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unit metadata, as a proxy may send it that is older, newer or broken. */
@Timeout(300)
class DescribedUnitTest {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final String HEADER = "1122" + "01020304" + "0700000000000000";
    private static final String METADATA = "01" + "30" + "0d00" + "05000000" + "01" + "05" + "000000000000"
        + "2211010000000000" + "0403020101000000" + "ffffffffffffff7f" + "0000008000000080";
    private static final String UNIT = "00000001" + "65aabb";

    private static void deliver(FakeProxy proxy, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        proxy.deliver(bytes, bytes.length);
    }

    private static String hex(McmBuffer unit) {
        return HexFormat.of().formatHex(unit.data().toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void itsFieldsAreThere() throws Exception {
        try (FakeProxy proxy = FakeProxy.announcing(); McmConnection connection = McmConnection.create(proxy.request())) {
            deliver(proxy, HEADER + METADATA + UNIT);
            McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
            assertThat(hex(unit)).isEqualTo(UNIT);
            assertThat(unit.length()).isEqualTo(7);
            assertThat(unit.sequence()).isEqualTo(0x1122);
            assertThat(unit.hasMetadata()).isTrue();
            assertThat(unit.unit()).isEqualTo(DeliveryUnit.NALU);
            assertThat(unit.nalType()).isEqualTo(5);
            assertThat(unit.isAfterGap()).isTrue();
            assertThat(unit.isIncomplete()).isFalse();
            assertThat(unit.isIdr()).isTrue();
            assertThat(unit.startsAccessUnit()).isTrue();
            assertThat(unit.endsAccessUnit()).isFalse();
            assertThat(unit.isNewStream()).isFalse();
            assertThat(unit.hasInsertedParameterSets()).isFalse();
            assertThat(unit.hasForbiddenBit()).isFalse();
            assertThat(unit.packetsLost()).isEqualTo(5);
            assertThat(unit.extendedSequence()).isEqualTo(0x11122);
            assertThat(unit.extendedTimestamp()).isEqualTo(0x101020304L);
            assertThat(unit.arrivalNanos()).isEqualTo(Long.MAX_VALUE);
            assertThat(Long.toUnsignedString(unit.ntpTime(), 16)).isEqualTo("8000000080000000");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0100, isAfterGap", "0200, isIncomplete", "0400, isIdr", "0800, startsAccessUnit", "1000, endsAccessUnit",
        "2000, isNewStream", "4000, hasInsertedParameterSets", "8000, hasForbiddenBit", "0001, none: of a later version"})
    void eachFlagIsToldByItsOwnMethod(String flags, String method) throws Exception {
        try (FakeProxy proxy = FakeProxy.announcing(); McmConnection connection = McmConnection.create(proxy.request())) {
            deliver(proxy, HEADER + METADATA.substring(0, 4) + flags + METADATA.substring(8) + UNIT);
            McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
            int bits = (unit.isAfterGap() ? 1 : 0) | (unit.isIncomplete() ? 2 : 0) | (unit.isIdr() ? 4 : 0)
                | (unit.startsAccessUnit() ? 8 : 0) | (unit.endsAccessUnit() ? 16 : 0) | (unit.isNewStream() ? 32 : 0)
                | (unit.hasInsertedParameterSets() ? 64 : 0) | (unit.hasForbiddenBit() ? 128 : 0);
            assertThat(bits).as(method).isEqualTo(HexFormat.of().parseHex(flags)[0] & 0xff);
        }
    }

    @Test
    void aLaterVersionIsReadAsFarAsItIsKnown() throws Exception {
        try (FakeProxy proxy = FakeProxy.announcing(); McmConnection connection = McmConnection.create(proxy.request())) {
            deliver(proxy, HEADER + "02" + "40" + METADATA.substring(4) + "dd".repeat(16) + UNIT);
            McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
            assertThat(hex(unit)).isEqualTo(UNIT);
            assertThat(unit.extendedSequence()).isEqualTo(0x11122);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        HEADER,
        HEADER + "01",
        HEADER + "00" + "30" + "0d00" + "05000000" + "01" + "05" + "000000000000"
            + "2211010000000000" + "0403020101000000" + "ffffffffffffff7f" + "0000008000000080" + UNIT,
        HEADER + METADATA,
        HEADER + METADATA + "00000001" + "65aa",
        HEADER + "02" + "ff" + "0d00" + "05000000" + "01" + "05" + "000000000000"
            + "2211010000000000" + "0403020101000000" + "ffffffffffffff7f" + "0000008000000080" + UNIT})
    void metadataThatDoesNotFitItsBufferIsCountedAndTheStreamGoesOn(String bytes) throws Exception {
        try (FakeProxy proxy = FakeProxy.announcing(); McmConnection connection = McmConnection.create(proxy.request())) {
            deliver(proxy, bytes);
            deliver(proxy, HEADER + METADATA + UNIT);
            assertThat(hex(connection.dequeue(PATIENCE_MILLIS))).isEqualTo(UNIT);
            assertThat(connection.counters().get(SdkCounter.MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void aProxyThatAnnouncesNothingSendsNone() throws Exception {
        try (FakeProxy proxy = FakeProxy.good(); McmConnection connection = McmConnection.create(proxy.request())) {
            deliver(proxy, HEADER + UNIT);
            McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
            assertThat(hex(unit)).isEqualTo(UNIT);
            assertThat(unit.hasMetadata()).isFalse();
            assertThatThrownBy(unit::packetsLost).isInstanceOf(IllegalStateException.class).hasMessageContaining("sends no metadata");
        }
    }

    @Test
    void aBufferThatWasGivenBackHasNone() throws Exception {
        try (FakeProxy proxy = FakeProxy.announcing(); McmConnection connection = McmConnection.create(proxy.request())) {
            deliver(proxy, HEADER + METADATA + UNIT);
            McmBuffer unit = connection.dequeue(PATIENCE_MILLIS);
            connection.enqueue(unit);
            assertThat(unit.hasMetadata()).isFalse();
        }
    }
}
