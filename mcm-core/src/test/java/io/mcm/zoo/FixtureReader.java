package io.mcm.zoo;

import io.mcm.h264.PacketizationMode;
import io.mcm.rtp.RtpDatagram;
import io.mcm.zoo.Fixture.Arrival;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one file of the zoo. */
final class FixtureReader {

    private final Units units;
    private final List<String> threads = new ArrayList<>();
    private String says = "";
    private Optional<PacketizationMode> declared = Optional.empty();
    private Optional<String> awaits = Optional.empty();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Expected tolerant = new Expected();
    private final Expected strict = new Expected();
    private Expected current = tolerant;

    private long millis;
    private int sequence = -1;
    private int timestamp = 90_000;
    private int payloadType = 96;
    private int ssrc = RtpDatagram.SSRC;

    FixtureReader(Units units) {
        this.units = units;
    }

    Fixture read(Path file, List<String> lines) {
        lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::line);
        String name = file.getFileName().toString().replace(".camera", "");
        return new Fixture(name, List.copyOf(threads), says, declared, List.copyOf(arrivals), tolerant.outcome(),
            current == strict ? strict.outcome() : tolerant.outcome(), awaits);
    }

    private void line(String line) {
        String[] parts = line.split("\\s+", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "thread" -> threads.add(rest);
            case "says" -> says = says.isEmpty() ? rest : says + " " + rest;
            case "awaits" -> awaits = Optional.of(rest);
            case "declared" -> declared = Optional.of(PacketizationMode.values()[Integer.parseInt(rest)]);
            case "packet" -> packet(rest);
            case "datagram" -> datagram(rest);
            case "strict" -> current = strict;
            case "unit" -> current.units.add(units.hex(rest));
            case "access-units" -> List.of(rest.split("\\s+")).forEach(count -> current.accessUnits.add(Integer.valueOf(count)));
            case "count" -> current.count(rest);
            default -> throw new IllegalArgumentException("unknown: " + line);
        }
    }

    private void packet(String text) {
        String[] parts = text.split(":\\s|:$", 2);
        int padding = 0;
        boolean marker = false;
        sequence++;
        millis++;
        for (String setting : parts[0].isBlank() ? new String[0] : parts[0].strip().split("\\s+")) {
            String[] pair = setting.split("=");
            switch (pair[0]) {
                case "m" -> marker = true;
                case "seq" -> sequence = Integer.parseInt(pair[1]);
                case "ts" -> timestamp = pair[1].startsWith("+") || pair[1].startsWith("-")
                    ? timestamp + Integer.parseInt(pair[1]) : Integer.parseUnsignedInt(pair[1]);
                case "pt" -> payloadType = Integer.parseInt(pair[1]);
                case "ssrc" -> ssrc = Integer.parseUnsignedInt(pair[1], 16);
                case "padding" -> padding = Integer.parseInt(pair[1]);
                case "after" -> millis += Integer.parseInt(pair[1]) - 1;
                default -> throw new IllegalArgumentException("unknown: " + setting);
            }
        }
        byte[] payload = parts.length > 1 && !parts[1].isBlank() ? units.bytes(parts[1]) : new byte[0];
        RtpDatagram datagram = RtpDatagram.of(sequence).timestamp(timestamp).payloadType(payloadType).ssrc(ssrc).padding(padding)
            .payload(payload);
        arrivals.add(new Arrival(millis, (marker ? datagram.marker() : datagram).bytes()));
    }

    private void datagram(String text) {
        arrivals.add(new Arrival(++millis, units.bytes(text)));
    }

    private static final class Expected {
        private final List<String> units = new ArrayList<>();
        private final List<Integer> accessUnits = new ArrayList<>();
        private final SortedMap<String, Long> counts = new TreeMap<>();

        void count(String text) {
            String[] words = text.split("\\s+");
            counts.put(words[0], Long.valueOf(words[1]));
        }

        Outcome outcome() {
            return new Outcome(List.copyOf(units), List.copyOf(accessUnits), counts);
        }
    }
}
