package io.mcm.conformance.sdk;

import io.mcm.conformance.suite.CaseFailure;
import io.mcm.conformance.suite.RtpStream;
import io.mcm.conformance.suite.Scene;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a receiver is fed with: units in the ring, each behind the header of MCM 24.09.
 *
 * <pre>
 *    0              2             6                    14
 *   +--------------+-------------+--------------------+---------------------- - -
 *   | sequence, BE | timestamp,BE | length n, 8 bytes LE | n bytes of Annex B
 *   +--------------+-------------+--------------------+---------------------- - -
 * </pre>
 */
final class Feed {

    static final int HEADER = 14;
    /** For an end of its own accord; who goes on is told to end. */
    private static final Duration ENDING = Duration.ofSeconds(2);
    private static final int TIMESTAMP_OFFSET = 2;
    private static final int LENGTH_OFFSET = 6;
    private static final byte[] START_CODE = {0, 0, 0, 1};
    private static final int TICKS_A_PICTURE = 3_000;

    private final SdkScene sdk;
    private final ControlPeer control;
    private final int id;
    private final HandServer memif;
    private final ServedRing ring;
    private final RtpStream content;
    private final List<byte[]> delivered = new ArrayList<>();

    Feed(SdkScene sdk, ControlPeer control, int id, HandServer memif, ServedRing ring) {
        this.sdk = sdk;
        this.control = control;
        this.id = id;
        this.memif = memif;
        this.ring = ring;
        content = sdk.scene().stream();
    }

    /** In another session of the same receiver, whose file goes on. */
    Feed continued(ControlPeer newControl, HandServer newMemif, ServedRing newRing) {
        Feed next = new Feed(sdk, newControl, id, newMemif, newRing);
        next.delivered.addAll(delivered);
        return next;
    }

    ControlPeer control() {
        return control;
    }

    int sessionId() {
        return id;
    }

    HandServer memif() {
        return memif;
    }

    ServedRing ring() {
        return ring;
    }

    /** A start code and a NAL unit in which no other can be; so many bytes. */
    byte[] unit(int length) {
        return joined(START_CODE, content.unit(RtpStream.IDR, length - START_CODE.length));
    }

    /** So many units of that length. */
    byte[][] units(int count, int length) {
        byte[][] units = new byte[count][];
        Arrays.setAll(units, _ -> unit(length));
        return units;
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Header and unit. */
    byte[] buffer(byte[] unit) {
        return buffer(unit.length, unit);
    }

    /** With a length that need not be the unit's. */
    byte[] buffer(long length, byte[] unit) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + unit.length);
        buffer.putShort(0, (short) ring.filled()).putInt(TIMESTAMP_OFFSET, ring.filled() * TICKS_A_PICTURE);
        return buffer.order(ByteOrder.LITTLE_ENDIAN).putLong(LENGTH_OFFSET, length).put(HEADER, unit).array();
    }

    /** A unit in a buffer of its own; nothing is published. */
    void fill(byte[] unit) throws CaseFailure {
        ring.fill(buffer(unit));
        delivered.add(unit);
        sdk.evidence().unit(unit);
    }

    /** Each published for itself. */
    void deliver(byte[]... units) throws CaseFailure {
        for (byte[] unit : units) {
            fill(unit);
            ring.publish();
        }
    }

    /** All published at once, with one wake-up; the ring must have room for them. */
    void deliverTogether(byte[]... units) throws CaseFailure {
        ring.awaitOffered(units.length);
        for (byte[] unit : units) {
            fill(unit);
        }
        ring.publish();
    }

    void awaitTaken() throws CaseFailure {
        ring.awaitOffered(ring.slots());
    }

    /** Everything was taken; when the receiver is stopped its file has each unit once, in order. */
    void expectDelivered() throws IOException, CaseFailure {
        awaitTaken();
        sdk.terminate();
        expectOut();
    }

    /** The receiver has ended. */
    void expectOut() throws IOException, CaseFailure {
        sdk.expectOut(delivered.toArray(byte[][]::new));
    }

    /** Whether the receiver has ended, or given up this session. */
    private boolean isOver() {
        return !sdk.process().isAlive() || memif.isEnded() || control.isEnded();
    }

    /**
     * What was published last breaks a rule: it is left out and a good unit behind it arrives, or the session is given up.
     *
     * @param bytesMayCount whether the client may know better than its descriptor says, and deliver what lies there
     */
    void expectSurvived(boolean bytesMayCount) throws IOException, CaseFailure {
        if (!Scene.within(SdkScene.GIVING_UP, () -> ring.isAllGivenBack() || isOver())) {
            throw new CaseFailure("that it goes on or gives up", "neither; " + sdk.state());
        }
        byte[] before = joined(delivered.toArray(byte[][]::new));
        byte[] after = new byte[0];
        if (!isOver()) {
            after = unit(before.length + 1);
            deliver(after);
            awaitTaken();
        }
        sdk.stopListening();
        sdk.terminate();
        expectAround(before, after, bytesMayCount);
    }

    private void expectAround(byte[] before, byte[] after, boolean bytesMayCount) throws IOException, CaseFailure {
        byte[] got = sdk.written();
        boolean begins = Arrays.mismatch(before, Arrays.copyOf(got, Math.min(got.length, before.length))) < 0;
        int rest = got.length - after.length;
        boolean ends = rest >= before.length && Arrays.equals(got, rest, got.length, after, 0, after.length);
        if (!begins || !ends || !bytesMayCount && rest != before.length) {
            throw new CaseFailure("what was good before, and behind it " + after.length + " bytes: " + (before.length + after.length),
                got.length + " bytes; " + sdk.state());
        }
    }

    /** The proxy is gone: the receiver ends, or goes on without it and ends when it is told to; what it was given is in its file. */
    void expectSoundEnd() throws IOException, CaseFailure {
        Scene.within(ENDING, () -> !sdk.process().isAlive());
        sdk.stopListening();
        sdk.terminate();
        expectOut();
    }
}
