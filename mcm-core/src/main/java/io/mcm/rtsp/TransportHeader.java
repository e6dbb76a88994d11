package io.mcm.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One transport of a Transport field (RFC 2326 section 12.39). A client offers several, a server names the one it took.
 *
 * @param overTcp packets are interleaved with the messages, else they go over UDP
 * @param clientPorts that the client receives UDP on
 * @param serverPorts that the server sends UDP from
 * @param channels of interleaved frames
 * @param ssrc of the packets to come
 * @param source the host that sends, where it is not the server
 * @param mode empty for PLAY
 */
public record TransportHeader(boolean overTcp, boolean multicast, Optional<NumberPair> clientPorts, Optional<NumberPair> serverPorts,
        Optional<NumberPair> channels, Optional<Integer> ssrc, Optional<String> source, Optional<String> mode) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_CHANNEL = 255;
    private static final int HEX = 16;

    public static TransportHeader overUdp(NumberPair clientPorts) {
        return new TransportHeader(false, false, Optional.of(clientPorts), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());
    }

    public static TransportHeader interleaved(NumberPair channels) {
        return new TransportHeader(true, false, Optional.empty(), Optional.empty(), Optional.of(channels), Optional.empty(),
            Optional.empty(), Optional.empty());
    }

    public TransportHeader withServerPorts(NumberPair ports) {
        return new TransportHeader(overTcp, multicast, clientPorts, Optional.of(ports), channels, ssrc, source, mode);
    }

    public TransportHeader withSsrc(int named) {
        return new TransportHeader(overTcp, multicast, clientPorts, serverPorts, channels, Optional.of(named), source, mode);
    }

    /** Those that are RTP with the profile AVP; others, and what cannot be read, are left out. */
    public static List<TransportHeader> parse(String field) {
        List<TransportHeader> known = new ArrayList<>();
        for (String one : QuotedText.split(field, ',')) {
            String[] parts = one.strip().split(";");
            switch (parts[0].strip().toUpperCase(Locale.ROOT)) {
                case "RTP/AVP", "RTP/AVP/UDP" -> known.add(parse(false, parts));
                case "RTP/AVP/TCP" -> known.add(parse(true, parts));
                default -> {
                    // SAVP, RAW/RAW/UDP and their like.
                }
            }
        }
        return known;
    }

    private static TransportHeader parse(boolean overTcp, String[] parts) {
        boolean multicast = !overTcp;
        Optional<NumberPair> clientPorts = Optional.empty();
        Optional<NumberPair> serverPorts = Optional.empty();
        Optional<NumberPair> channels = Optional.empty();
        Optional<Integer> ssrc = Optional.empty();
        Optional<String> source = Optional.empty();
        Optional<String> mode = Optional.empty();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : QuotedText.unquoted(parts[i].substring(equals + 1).strip());
            switch (name) {
                case "unicast" -> multicast = false;
                case "multicast" -> multicast = true;
                case "client_port" -> {
                    clientPorts = NumberPair.parse(value, MAX_PORT);
                    // Some clients leave "unicast" out, and multicast has "port".
                    multicast = false;
                }
                case "server_port" -> serverPorts = NumberPair.parse(value, MAX_PORT);
                case "interleaved" -> channels = NumberPair.parse(value, MAX_CHANNEL);
                case "ssrc" -> ssrc = ssrc(value);
                case "source" -> source = Optional.of(value);
                case "mode" -> mode = Optional.of(value.toUpperCase(Locale.ROOT));
                default -> {
                    // destination above all: a server that obeyed it would send anywhere.
                }
            }
        }
        return new TransportHeader(overTcp, multicast, clientPorts, serverPorts, channels, ssrc, source, mode);
    }

    /** Eight hexadecimal digits, or fewer as some cameras have it. */
    private static Optional<Integer> ssrc(String text) {
        return text.matches("[0-9a-fA-F]{1,8}") ? Optional.of(Integer.parseUnsignedInt(text, HEX)) : Optional.empty();
    }

    /** Whether packets are to go from the server to the client. */
    public boolean isPlay() {
        return mode.isEmpty() || mode.get().equals("PLAY");
    }

    /** As it is sent. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(overTcp ? "RTP/AVP/TCP" : "RTP/AVP").append(multicast ? ";multicast" : ";unicast");
        clientPorts.ifPresent(ports -> text.append(";client_port=").append(ports));
        serverPorts.ifPresent(ports -> text.append(";server_port=").append(ports));
        channels.ifPresent(pair -> text.append(";interleaved=").append(pair));
        ssrc.ifPresent(named -> text.append(";ssrc=%08X".formatted(named)));
        source.ifPresent(host -> text.append(";source=").append(host));
        mode.ifPresent(word -> text.append(";mode=\"").append(word).append('"'));
        return text.toString();
    }
}
