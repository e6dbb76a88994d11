package io.mcm.camera.impair;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Ground truth as JSON lines. The first names the seed; then one for every packet of the source, in its order, and one for everything that
 * begins, ends or happens once. {@link io.mcm.camera.truth.Truth} reads them.
 *
 * <pre>
 * {"seed":1}
 * {"event":"restart","what":"happens","at_ns":2000000000}
 * {"packet":17,"channel":0,"sequence":1017,"timestamp":9000,"ssrc":5,"length":1200,"due_ns":40000000,"done":["duplicated"],
 *  "sent":[{"order":16,"due_ns":40000000,"length":1200,"sequence":1017,"timestamp":9000,"ssrc":5}, ...]}
 * </pre>
 *
 * <p>Times are of the source, at normal speed. {@code order} counts what was sent, over all channels. {@code done} has the labels of
 * {@link ImpairCounter}; {@code bits} the flipped ones, counted from the packet's first and highest. RTCP has no sequence, timestamp, ssrc.
 */
final class TruthWriter implements Chronicle {

    private static final int CAPACITY = 1 << 16;
    private static final int MAX_DIGITS = 20;
    private static final byte[] PACKET = bytes("{\"packet\":");
    private static final byte[] CHANNEL = bytes(",\"channel\":");
    private static final byte[] SEQUENCE = bytes(",\"sequence\":");
    private static final byte[] TIMESTAMP = bytes(",\"timestamp\":");
    private static final byte[] SSRC = bytes(",\"ssrc\":");
    private static final byte[] LENGTH = bytes(",\"length\":");
    private static final byte[] DUE = bytes(",\"due_ns\":");
    private static final byte[] DONE = bytes(",\"done\":[");
    private static final byte[] BITS = bytes("],\"bits\":[");
    private static final byte[] SENT = bytes("],\"sent\":[");
    private static final byte[] ORDER = bytes("{\"order\":");
    private static final byte[] END = bytes("]}\n");
    private static final ImpairCounter[] DEEDS = ImpairCounter.values();
    private static final byte[][] LABELS = labels();

    private final OutputStream out;
    private final byte[] lines = new byte[CAPACITY];
    private final byte[] digits = new byte[MAX_DIGITS];
    private int length;

    TruthWriter(OutputStream out, long seed) {
        this.out = out;
        text("{\"seed\":" + seed + "}\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] labels() {
        byte[][] labels = new byte[DEEDS.length][];
        for (ImpairCounter deed : DEEDS) {
            labels[deed.ordinal()] = bytes('"' + deed.label() + '"');
        }
        return labels;
    }

    @Override
    public void packet(Fate fate) {
        number(PACKET, fate.packet());
        number(CHANNEL, fate.channel());
        if (fate.rtp()) {
            header(fate.sequence(), fate.timestamp(), fate.ssrc());
        }
        number(LENGTH, fate.length());
        number(DUE, fate.dueNanos());
        done(fate);
        flipped(fate);
        text(SENT);
        for (int n = 0; n < fate.sentCount(); n++) {
            separate(n);
            sent(fate.sent(n));
        }
        text(END);
    }

    private void header(int sequence, int timestamp, int ssrc) {
        number(SEQUENCE, sequence);
        number(TIMESTAMP, Integer.toUnsignedLong(timestamp));
        number(SSRC, Integer.toUnsignedLong(ssrc));
    }

    private void done(Fate fate) {
        text(DONE);
        int listed = 0;
        for (ImpairCounter deed : DEEDS) {
            if (fate.has(deed)) {
                separate(listed++);
                text(LABELS[deed.ordinal()]);
            }
        }
    }

    private void flipped(Fate fate) {
        for (int n = 0; n < fate.flippedCount(); n++) {
            if (n == 0) {
                text(BITS);
            }
            separate(n);
            number(fate.flippedBit(n));
        }
    }

    private void sent(Fate.Sent copy) {
        number(ORDER, copy.order);
        number(DUE, copy.dueNanos);
        number(LENGTH, copy.length);
        if (copy.rtp) {
            header(copy.sequence, copy.timestamp, copy.ssrc);
        }
        put('}');
    }

    @Override
    public void event(Impairment impairment, String what, long atNanos) {
        text("{\"event\":\"" + ImpairmentKind.of(impairment) + "\",\"what\":\"" + what + "\",\"at_ns\":" + atNanos + "}\n");
    }

    @Override
    public void end() {
        flush();
    }

    private void separate(int before) {
        if (before > 0) {
            put(',');
        }
    }

    private void number(byte[] key, long value) {
        text(key);
        number(value);
    }

    private void number(long value) {
        int count = 0;
        long rest = value;
        do {
            digits[count++] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            put('-');
        }
        while (count > 0) {
            put(digits[--count]);
        }
    }

    private void text(String text) {
        text(bytes(text));
    }

    private void text(byte[] text) {
        if (text.length > CAPACITY - length) {
            flush();
        }
        System.arraycopy(text, 0, lines, length, text.length);
        length += text.length;
    }

    private void put(int character) {
        if (length == CAPACITY) {
            flush();
        }
        lines[length++] = (byte) character;
    }

    private void flush() {
        try {
            out.write(lines, 0, length);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the ground truth cannot be written: " + e.getMessage(), e);
        }
        length = 0;
    }
}
