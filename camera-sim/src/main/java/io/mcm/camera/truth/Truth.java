package io.mcm.camera.truth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcm.camera.impair.ImpairCounter;
import io.mcm.metric.FileTrouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What an impaired camera did: the lines of {@code mcm camera --truth FILE}.
 *
 * @param seed    of the choices
 * @param packets of the source, in its order; a packet's number is its index
 * @param events  what began, ended or happened once, in the order of time
 */
public record Truth(long seed, List<Packet> packets, List<Event> events) {

    /**
     * A packet of the source and what became of it.
     *
     * @param header  null in RTCP and what is shorter than a header
     * @param length  bytes
     * @param done    what was done to it
     * @param flipped bits, counted from the packet's first and highest
     * @param sent    its copies as they were sent: none, one or two
     */
    public record Packet(long number, int channel, Header header, int length, long dueNanos, Set<ImpairCounter> done,
            List<Integer> flipped, List<Sent> sent) {
    }

    /** @param sequence 0 to 65,535; the others unsigned 32 bits */
    public record Header(int sequence, int timestamp, int ssrc) {
    }

    /**
     * A packet as it was sent.
     *
     * @param packet   number of the source's packet
     * @param order    counted from 0 over all channels
     * @param dueNanos since the source's first packet, at normal speed
     * @param header   as sent; null as in {@link Packet}
     */
    public record Sent(long packet, long order, long dueNanos, int length, Header header) {
    }

    /**
     * @param name as on the command line: {@code burst-loss}
     * @param what begins, ends or happens
     */
    public record Event(String name, String what, long atNanos) {
    }

    /** @throws IOException if the file cannot be read; the message has the number of a line that makes no sense */
    public static Truth read(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return new Reader(file).read(lines);
        } catch (JsonProcessingException | TruthException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    /** What one stream's RTP receiver was sent, in the order of sending. */
    public List<Sent> sent(int channel) {
        return packets.stream().filter(packet -> packet.channel() == channel).flatMap(packet -> packet.sent().stream())
            .sorted(Comparator.comparingLong(Sent::order)).toList();
    }

    /** A line that makes no sense. */
    private static final class TruthException extends IOException {

        private static final long serialVersionUID = 1L;

        private TruthException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Reader {

        private final Path file;
        private final ObjectMapper mapper = new ObjectMapper();
        private final List<Packet> packets = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();
        private long seed;

        private Reader(Path file) {
            this.file = file;
        }

        private Truth read(BufferedReader lines) throws IOException {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    add(mapper.readTree(line));
                } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
                    throw new TruthException(file + ":" + number + ": no line of a ground truth: " + line, e);
                }
            }
            return new Truth(seed, List.copyOf(packets), List.copyOf(events));
        }

        private void add(JsonNode line) {
            if (line.has("packet")) {
                packets.add(packet(line));
            } else if (line.has("event")) {
                events.add(new Event(line.get("event").asText(), line.get("what").asText(), line.get("at_ns").asLong()));
            } else {
                seed = line.get("seed").asLong();
            }
        }

        private static Packet packet(JsonNode line) {
            long number = line.get("packet").asLong();
            Set<ImpairCounter> done = EnumSet.noneOf(ImpairCounter.class);
            line.get("done").forEach(label -> done.add(ImpairCounter.valueOf(label.asText().toUpperCase(Locale.ROOT))));
            List<Integer> flipped = new ArrayList<>();
            line.path("bits").forEach(bit -> flipped.add(bit.asInt()));
            List<Sent> sent = new ArrayList<>();
            line.get("sent").forEach(copy -> sent.add(new Sent(number, copy.get("order").asLong(), copy.get("due_ns").asLong(),
                copy.get("length").asInt(), header(copy))));
            return new Packet(number, line.get("channel").asInt(), header(line), line.get("length").asInt(),
                line.get("due_ns").asLong(), done, List.copyOf(flipped), List.copyOf(sent));
        }

        private static Header header(JsonNode of) {
            return of.has("sequence")
                ? new Header(of.get("sequence").asInt(), (int) of.get("timestamp").asLong(), (int) of.get("ssrc").asLong()) : null;
        }
    }
}
