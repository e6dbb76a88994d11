package io.mcm.conformance.sdk;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Profile;
import io.mcm.conformance.suite.RingLayout;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/** A proxy that writes into the ring what cannot be. The receiver leaves it out or gives up; it does not die, and delivers nothing of it. */
final class SdkAbuseCases {

    private static final int UNIT = 400;
    private static final int SHORT = 5;
    private static final int NO_REGION = 0x7777;
    private static final int JUMP = 1_000;
    private static final String EXPECTS = "the unit before it and the one behind it in the file, or an end; no death by a signal";

    private SdkAbuseCases() {}

    static List<ConformanceCase> all(SdkCommand sdk) {
        return List.of(header(sdk, "header-length-too-large", 1L << 40), header(sdk, "header-length-one-too-large", UNIT + 1),
            header(sdk, "header-length-negative", -1), shorterThanHeader(sdk),
            descriptor(sdk, "descriptor-length-impossible", "a length of 4 GiB", descriptor ->
                descriptor.set(JAVA_INT_UNALIGNED, RingLayout.LENGTH_OFFSET, -1)),
            descriptor(sdk, "descriptor-of-an-unknown-region", "region 0x7777", descriptor ->
                descriptor.set(JAVA_SHORT_UNALIGNED, RingLayout.REGION_OFFSET, (short) NO_REGION)),
            descriptor(sdk, "descriptor-past-its-region", "an offset of 4 GiB less 16", descriptor ->
                descriptor.set(JAVA_INT_UNALIGNED, RingLayout.OFFSET_OFFSET, -16)),
            descriptor(sdk, "chain-without-end", "the flag NEXT and nothing behind it", descriptor ->
                descriptor.set(JAVA_SHORT_UNALIGNED, 0, (short) RingLayout.NEXT)),
            tail(sdk, "tail-jumps", "1,000 ahead of what was offered", JUMP), tail(sdk, "tail-goes-back", "a unit back", -1));
    }

    private static ConformanceCase header(SdkCommand sdk, String name, long length) {
        return sdk.tried(name, "a header that says " + length + " bytes where 400 are, between two units", EXPECTS,
            "24.09 copies as many as a header says: memory that was never delivered, or an end", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(UNIT));
                feed.ring().fill(feed.buffer(length, feed.unit(UNIT)));
                feed.ring().publish();
                feed.expectSurvived(false);
            }).in(Profile.STRICT).proves("MCM-CTL-40");
    }

    private static ConformanceCase shorterThanHeader(SdkCommand sdk) {
        return sdk.tried("buffer-shorter-than-a-header", "a buffer of five bytes between two units", EXPECTS,
            "its length less 14 is no length", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(UNIT));
                feed.ring().fill(new byte[SHORT]);
                feed.ring().publish();
                feed.expectSurvived(false);
            }).in(Profile.STRICT).proves("MCM-CTL-40");
    }

    private static ConformanceCase descriptor(SdkCommand sdk, String name, String what, Consumer<MemorySegment> fault) {
        return sdk.tried(name, "a descriptor with " + what + ", between two units", EXPECTS,
            "shared memory is written by another process: what stands there may be anything at any time", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(UNIT));
                feed.awaitTaken();
                feed.ring().fill(feed.buffer(feed.unit(UNIT)));
                fault.accept(feed.ring().lastDescriptor());
                feed.ring().publish();
                // A client knows its own buffers, and need not read a region or an offset.
                feed.expectSurvived(true);
            }).in(Profile.STRICT).proves("MEMIF-5-05");
    }

    private static ConformanceCase tail(SdkCommand sdk, String name, String what, int by) {
        return sdk.tried(name, "three units, then a tail " + what, "three units in the file, and no death by a signal",
            "who follows it delivers old pictures again, or reads past its ring", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.units(3, UNIT));
                feed.awaitTaken();
                feed.ring().tail(feed.ring().filled() + by);
                feed.ring().wake();
                feed.expectSoundEnd();
            }).in(Profile.STRICT).proves("MEMIF-5-04");
    }
}
