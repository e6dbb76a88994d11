package io.mcm.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written is read again, however the network cuts it; and no bytes do more than be refused. */
class RtspReaderPropertiesTest {

    private static final String TOKENS = "abcXYZ019-_.";

    /** Text that a record's equals cannot compare, with its wire form. */
    private record Sent(String shown, byte[] bytes) {}

    @Provide
    Arbitrary<Sent> message() {
        return Arbitraries.oneOf(requests(), responses(), frames());
    }

    private static Arbitrary<String> token() {
        return Arbitraries.strings().withChars(TOKENS).ofMinLength(1).ofMaxLength(20);
    }

    private static Arbitrary<RtspHeaders> headers() {
        Arbitrary<String> value = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(60).map(String::strip);
        return Combinators.combine(token(), value).as(List::of).list().ofMaxSize(6).map(fields -> {
            RtspHeaders all = RtspHeaders.NONE;
            for (List<String> field : fields) {
                all = all.with("X-" + field.get(0), field.get(1));
            }
            return all;
        });
    }

    private static Arbitrary<byte[]> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    }

    private static Arbitrary<Sent> requests() {
        return Combinators.combine(token(), token(), headers(), bodies()).as((method, uri, headers, body) -> {
            RtspRequest request = new RtspRequest(method, uri, headers, body);
            return new Sent(shown(request), request.encode());
        });
    }

    private static Arbitrary<Sent> responses() {
        return Combinators.combine(Arbitraries.integers().between(100, 599), token(), headers(), bodies()).as((code, reason, headers, body) -> {
            RtspResponse response = new RtspResponse(code, reason, headers, body);
            return new Sent(shown(response), response.encode());
        });
    }

    private static Arbitrary<Sent> frames() {
        return Combinators.combine(Arbitraries.integers().between(0, 255), bodies()).as((channel, packet) -> {
            byte[] bytes = new byte[InterleavedFrame.HEADER_LENGTH + packet.length];
            InterleavedFrame.writeHeader(MemorySegment.ofArray(bytes), channel, packet.length);
            System.arraycopy(packet, 0, bytes, InterleavedFrame.HEADER_LENGTH, packet.length);
            return new Sent("frame " + channel + Arrays.toString(packet), bytes);
        });
    }

    private static String shown(RtspMessage message) {
        return switch (message) {
            case RtspRequest request -> request.method() + " " + request.uri() + fields(request.headers()) + Arrays.toString(request.body());
            case RtspResponse response -> response.code() + " " + response.reason() + fields(response.headers()) + Arrays.toString(response.body());
            case InterleavedFrame frame -> "frame " + frame.channel()
                + Arrays.toString(frame.segment().asSlice(0, frame.length()).toArray(ValueLayout.JAVA_BYTE));
        };
    }

    /** Without the length, which writing adds. */
    private static String fields(RtspHeaders headers) {
        StringBuilder text = new StringBuilder();
        headers.appendTo(text);
        return text.toString().replaceAll("Content-Length: \\d+\r\n", "");
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgainHoweverItIsCut(@ForAll("message") Sent first, @ForAll("message") Sent second, @ForAll long seed)
            throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(first.bytes);
        wire.writeBytes(second.bytes);
        RtspReader reader = new RtspReader(new CutInput(wire.toByteArray(), new Random(seed)));
        assertThat(shown(reader.next())).isEqualTo(first.shown);
        assertThat(shown(reader.next())).isEqualTo(second.shown);
        assertThat(reader.next()).isNull();
    }

    @Property(tries = 100)
    void aMessageCutAtAnyByteIsNeverReadAsOne(@ForAll("message") Sent sent) throws IOException {
        for (int cut = 1; cut < sent.bytes.length; cut++) {
            RtspReader reader = new RtspReader(new ByteArrayInputStream(sent.bytes, 0, cut));
            assertThat(endOf(reader)).as("cut at %d of %d", cut, sent.bytes.length).isInstanceOf(EOFException.class);
        }
    }

    private static IOException endOf(RtspReader reader) throws IOException {
        try {
            RtspMessage read = reader.next();
            throw new AssertionError("read " + read);
        } catch (RtspException | EOFException e) {
            return e;
        }
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll byte[] soup, @ForAll("message") Sent good, @ForAll long seed) throws IOException {
        byte[] bytes = damaged(soup, good.bytes, new Random(seed));
        RtspReader reader = new RtspReader(new CutInput(bytes, new Random(seed)));
        List<String> read = new ArrayList<>();
        try {
            for (RtspMessage next = reader.next(); next != null; next = reader.next()) {
                read.add(shown(next));
            }
        } catch (RtspException | EOFException e) {
            assertThat(e.getMessage()).isNotEmpty().matches("[\\x20-\\x7e]*");
        }
        assertThat(read.size()).isLessThanOrEqualTo(bytes.length);
    }

    private static byte[] damaged(byte[] soup, byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, good.length + soup.length);
        System.arraycopy(soup, 0, bytes, good.length, soup.length);
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Hands over one to seven bytes at a time. */
    private static final class CutInput extends FilterInputStream {

        private static final int LONGEST = 7;
        private final Random random;

        CutInput(byte[] bytes, Random random) {
            super(new ByteArrayInputStream(bytes));
            this.random = random;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return in.read(to, offset, Math.min(length, 1 + random.nextInt(LONGEST)));
        }
    }
}
