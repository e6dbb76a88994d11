package io.mcm.conformance.sdk;

import static io.mcm.conformance.suite.Profile.MCM_24_09;
import static io.mcm.conformance.suite.Profile.STRICT;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.RingLayout;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** What is delivered must be in the receiver's file, each unit once and in order. */
final class SdkDeliveryCases {

    private static final int UNIT = 400;
    private static final int SMALL = 24;
    /** Upstream's buffers for video. */
    private static final int UPSTREAM_BUFFER = 5_184_000;
    private static final int UPSTREAM_LOG2 = 3;
    /** More than the 65,536 of an index. */
    private static final int ROUND_THE_INDEX = 70_000;
    /** The sample applications of 24.09 end after a second without data. */
    private static final Duration PAUSE = Duration.ofMillis(1_500);
    private static final int RACES = 2_000;
    private static final int FEW = 8;
    /** Of the time that a receiver took before: about then it looks at its ring. */
    private static final double SOONEST = 0.3;
    private static final double LATEST = 1.1;
    private static final int SPURIOUS = 20;
    private static final long SPURIOUS_PERIOD_NANOS = 3_000_000;

    private SdkDeliveryCases() {}

    static List<ConformanceCase> all(SdkCommand sdk) {
        return List.of(oneUnit(sdk), accessUnit(sdk), burst(sdk), largest(sdk), largestOfUpstream(sdk), thousand(sdk), indexWraps(sdk),
            givesBack(sdk), longDescriptors(sdk), oneWakeUp(sdk), noLostWakeUp(sdk), spuriousWakeUp(sdk), pause(sdk), moreThan64(sdk),
            emptyUnit(sdk), chained(sdk));
    }

    private static ConformanceCase oneUnit(SdkCommand sdk) {
        return sdk.tried("one-unit", "one NAL unit in a buffer, behind the header of 14 bytes", "its bytes and no others in the file",
            "the header is not video", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(UNIT));
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38");
    }

    private static ConformanceCase accessUnit(SdkCommand sdk) {
        return sdk.tried("access-unit-of-five", "five NAL units in one buffer, as 24.09 has them", "all five in the file",
            "a picture of several slices is one buffer there", scene -> {
                Feed feed = scene.feed();
                feed.deliver(Feed.joined(feed.units(5, UNIT)));
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38");
    }

    private static ConformanceCase burst(SdkCommand sdk) {
        return sdk.tried("burst-of-64", "64 units in a ring of 64, published at once", "each in the file, in order",
            "a key picture of many slices comes at once", scene -> {
                Feed feed = scene.feed(scene.offer().withRing(6, 1 << 16));
                feed.deliverTogether(feed.units(64, UNIT));
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38", "MEMIF-6-01");
    }

    private static ConformanceCase largest(SdkCommand sdk) {
        return sdk.tried("largest-unit-that-fits", "a unit that fills its buffer to the last byte, between two small ones", "all three in the file",
            "an off-by-one is at the end", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(SMALL), feed.unit(feed.ring().capacity() - Feed.HEADER), feed.unit(SMALL));
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38");
    }

    private static ConformanceCase largestOfUpstream(SdkCommand sdk) {
        return sdk.tried("unit-of-five-megabytes", "buffers of 5,184,000 bytes as 24.09 has them, and a unit that fills one", "it is in the file",
            "an SDK with lengths of 16 bits loses all of it but 6,642 bytes", scene -> {
                Feed feed = scene.feed(scene.offer().withRing(UPSTREAM_LOG2, UPSTREAM_BUFFER));
                feed.deliver(feed.unit(UPSTREAM_BUFFER - Feed.HEADER));
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38");
    }

    private static ConformanceCase thousand(SdkCommand sdk) {
        return sdk.tried("thousand-units", "1,000 units of 1 to 1,000 bytes more through a ring of 32", "each once and in order in the file",
            "a ring that is gone round shows what one buffer does not", scene -> {
                Feed feed = scene.feed();
                for (int i = 0; i < 1_000; i++) {
                    feed.deliver(feed.unit(SMALL + scene.scene().random().nextInt(1_000)));
                }
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38", "MCM-CTL-39", "MEMIF-5-03");
    }

    private static ConformanceCase indexWraps(SdkCommand sdk) {
        return sdk.tried("ring-index-wraps", "70,000 small units through a ring of 64", "each once and in order in the file",
            "head and tail have 16 bits: half an hour of video", scene -> {
                Feed feed = scene.feed(scene.offer().withRing(6, 1 << 12));
                for (int i = 0; i < ROUND_THE_INDEX; i += 32) {
                    feed.deliverTogether(feed.units(32, SMALL));
                }
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38", "MEMIF-5-03");
    }

    private static ConformanceCase givesBack(SdkCommand sdk) {
        return sdk.tried("gives-buffers-back", "a ring's worth of units eight times over, each time when all buffers are back",
            "each time all buffers offered again, with their whole length and no flags, and none twice",
            "a buffer that is not given back is missing for ever: after a ring's worth the stream stops", scene -> {
                Feed feed = scene.feed(scene.offer().withRing(4, 1 << 12));
                for (int i = 0; i < 8; i++) {
                    feed.deliverTogether(feed.units(feed.ring().slots(), UNIT));
                    feed.awaitTaken();
                }
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-39").finds(26);
    }

    private static ConformanceCase longDescriptors(SdkCommand sdk) {
        return sdk.tried("descriptor-as-long-as-the-buffer", "units whose descriptor says the whole buffer, as 24.09's do; the header is right",
            "as many bytes of each as its header says",
            "behind a picture there lie remains of older ones: a decoder takes them for video", scene -> {
                Feed feed = scene.feed();
                for (int length : new int[] {5_000, 200, 40}) {
                    feed.fill(feed.unit(length));
                    feed.ring().lastDescriptor().set(ValueLayout.JAVA_INT_UNALIGNED, RingLayout.LENGTH_OFFSET, feed.ring().capacity());
                    feed.ring().publish();
                }
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38", "MCM-CTL-40").finds(13);
    }

    private static ConformanceCase oneWakeUp(SdkCommand sdk) {
        return sdk.tried("one-wake-up-for-many", "30 units, published one after the other, and a single wake-up", "all 30 in the file",
            "a producer wakes once a batch; who takes one unit a wake-up falls behind for ever", scene -> {
                Feed feed = scene.feed();
                feed.ring().awaitOffered(30);
                for (byte[] unit : feed.units(30, UNIT)) {
                    feed.fill(unit);
                    feed.ring().publishQuietly();
                }
                feed.ring().wake();
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MEMIF-6-01", "MCM-CTL-38");
    }

    private static ConformanceCase noLostWakeUp(SdkCommand sdk) {
        return sdk.tried("no-lost-wake-up", "2,000 times a few units, and one more with a wake-up of its own just when the receiver takes them",
            "all taken each time without a further one",
            "who looks at the ring before it reads the eventfd throws away the wake-up of what came in between: that picture waits for the next",
            scene -> {
                Feed feed = scene.feed();
                for (int i = 0; i < RACES; i++) {
                    long taking = timeToTake(feed);
                    byte[][] first = feed.units(FEW, SMALL);
                    byte[] last = feed.unit(SMALL);
                    feed.deliverTogether(first);
                    spin((long) (taking * scene.scene().random().nextDouble(SOONEST, LATEST)));
                    feed.deliver(last);
                    feed.awaitTaken();
                }
                feed.expectDelivered();
            }).proves("MEMIF-6-02");
    }

    private static long timeToTake(Feed feed) throws CaseFailure {
        byte[][] units = feed.units(FEW, SMALL);
        long start = System.nanoTime();
        feed.deliverTogether(units);
        feed.awaitTaken();
        return System.nanoTime() - start;
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static ConformanceCase spuriousWakeUp(SdkCommand sdk) {
        return sdk.tried("spurious-wake-up", "20 wake-ups without a unit, before a first and before a second unit", "both units in the file",
            "a wake-up may come after its unit was taken; who takes that for the end of the stream ends", scene -> {
                Feed feed = scene.feed();
                for (int round = 0; round < 2; round++) {
                    feed.ring().awaitOffered(feed.ring().slots());
                    for (int i = 0; i < SPURIOUS; i++) {
                        feed.ring().wake();
                        LockSupport.parkNanos(SPURIOUS_PERIOD_NANOS);
                    }
                    feed.deliver(feed.unit(UNIT));
                }
                feed.expectDelivered();
            }).proves("MEMIF-6-03").finds(23);
    }

    private static ConformanceCase pause(SdkCommand sdk) {
        return sdk.tried("pause", "a unit, 1.5 seconds of nothing, another unit", "both in the file",
            "a camera that is switched to another scene takes that long", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(UNIT));
                LockSupport.parkNanos(PAUSE.toNanos());
                feed.deliver(feed.unit(UNIT));
                feed.expectDelivered();
            }).proves("MCM-CTL-38").finds(23);
    }

    private static ConformanceCase moreThan64(SdkCommand sdk) {
        return sdk.tried("more-than-64-unread", "200 units in a ring of 256, as large as 24.09's, published at once", "each in the file, in order",
            "24.09's own ring has 256 buffers: a consumer that was slow for two seconds has so many before it", scene -> {
                Feed feed = scene.feed(scene.offer().withRing(8, 1 << 12));
                feed.deliverTogether(feed.units(200, UNIT));
                feed.expectDelivered();
            }).in(MCM_24_09).proves("MCM-CTL-38", "MCM-CTL-39").finds(22);
    }

    private static ConformanceCase emptyUnit(SdkCommand sdk) {
        return sdk.tried("empty-unit", "a buffer with a header and nothing behind it, between two units", "both units in the file",
            "length 0 is allowed by the header; it is no end", scene -> {
                Feed feed = scene.feed();
                feed.deliver(feed.unit(UNIT), new byte[0], feed.unit(UNIT));
                feed.expectDelivered();
            }).in(STRICT).proves("MCM-CTL-38");
    }

    private static ConformanceCase chained(SdkCommand sdk) {
        return sdk.tried("unit-in-two-buffers", "a unit that begins in one buffer and goes on in the next, by memif's NEXT",
            "it is in the file as one", "peers with small buffers, VPP and DPDK among them, send long packets so", scene -> {
                Feed feed = scene.feed();
                byte[] unit = feed.unit(feed.ring().capacity() + UNIT);
                byte[] buffer = feed.buffer(unit);
                feed.ring().fill(Arrays.copyOf(buffer, feed.ring().capacity()));
                feed.ring().lastDescriptor().set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) RingLayout.NEXT);
                feed.ring().fill(Arrays.copyOfRange(buffer, feed.ring().capacity(), buffer.length));
                feed.ring().publish();
                feed.awaitTaken();
                scene.terminate();
                scene.expectOut(unit);
            }).proves("MEMIF-5-07");
    }
}
