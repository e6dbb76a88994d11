package io.mcm.camera.cli;

import io.mcm.camera.cli.SendOptions.Route;
import io.mcm.camera.send.UdpTarget;
import io.mcm.camera.source.CapturePackets.Plan;
import io.mcm.camera.source.CaptureSource;
import io.mcm.camera.source.DamagedRecords;
import io.mcm.camera.source.ReplayCounter;
import io.mcm.camera.source.ReplayWindow;
import io.mcm.camera.source.Rewriting;
import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.cli.EnvironmentException;
import io.mcm.metric.Counters;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which streams of a capture go where.
 *
 * @param selections in the order of their channels
 * @param targets    of each
 */
record CaptureRoutes(List<StreamSelection> selections, List<UdpTarget> targets) {

    private static final int MAX_PORT = 65_535;

    /** What of a capture is played, and where to. */
    static SourcePlan plan(CameraOptions options, ReplayOptions replay, List<Route> routes, Rewriting rewriting) throws CaptureException {
        RtpStreams capture = RtpStreams.scan(options.pcap(), replay.damaged() == DamagedRecords.SKIP);
        CaptureRoutes streams;
        try {
            streams = of(capture, replay.stream(), routes);
        } catch (IllegalArgumentException e) {
            throw options.usage("--stream: " + e.getMessage());
        }
        Plan part = streams.part(options.pcap(), replay.window(), replay.damaged());
        Plan rehearsal = streams.part(options.pcap(), replay.window(), DamagedRecords.END);
        return new SourcePlan(passes -> new CaptureSource(part, passes, rewriting), passes -> new CaptureSource(rehearsal, passes, rewriting),
            streams.targets, part.window().ofNanos(streams.nanos()), part.counters());
    }

    private Plan part(Path file, ReplayWindow window, DamagedRecords damaged) {
        return new Plan(file, selections, window, damaged, new Counters<>(ReplayCounter.class));
    }

    /**
     * Finds the streams.
     *
     * @param stream what --stream says, null for nothing
     * @throws IllegalArgumentException if it or a route names no stream as it should
     * @throws CaptureException if the capture has no such stream
     */
    static CaptureRoutes of(RtpStreams capture, String stream, List<Route> routes) throws CaptureException {
        if (routes.getFirst().stream() != null) {
            if (stream != null) {
                throw new IllegalArgumentException("--stream " + stream + " beside --to " + routes.getFirst().stream() + "=...: one of them names the stream");
            }
            return named(capture, routes);
        }
        InetSocketAddress to = routes.getFirst().to();
        List<StreamSelection> selections = ReplayOptions.ALL.equals(stream) ? StreamSelection.all(capture) : List.of(select(capture, stream));
        List<UdpTarget> targets = new ArrayList<>();
        for (int i = 0; i < selections.size(); i++) {
            targets.add(target(selections.get(i), atPort(to, to.getPort() + 2 * i)));
        }
        return new CaptureRoutes(selections, targets);
    }

    private static CaptureRoutes named(RtpStreams capture, List<Route> routes) throws CaptureException {
        List<StreamSelection> selections = new ArrayList<>();
        List<UdpTarget> targets = new ArrayList<>();
        for (Route route : routes) {
            StreamSelection selection = select(capture, route.stream());
            selections.add(selection);
            targets.add(target(selection, route.to()));
        }
        return new CaptureRoutes(selections, targets);
    }

    private static StreamSelection select(RtpStreams capture, String stream) throws CaptureException {
        StreamKey key = stream == null ? StreamKey.ANY : StreamKey.parse(stream);
        return StreamSelection.of(capture, key.port(), key.ssrc());
    }

    private static UdpTarget target(StreamSelection selection, InetSocketAddress to) {
        return selection.isRtcpMuxed() ? UdpTarget.muxed(to) : UdpTarget.of(to);
    }

    private static InetSocketAddress atPort(InetSocketAddress to, int port) {
        if (port > MAX_PORT) {
            throw new EnvironmentException("--stream all from --to " + to + " on needs a port " + port + "; the last is " + MAX_PORT);
        }
        return new InetSocketAddress(to.getAddress(), port);
    }

    /** From the first packet of all streams to the last. */
    long nanos() {
        long first = selections.stream().mapToLong(StreamSelection::firstNanos).min().orElseThrow();
        long last = selections.stream().mapToLong(StreamSelection::lastNanos).max().orElseThrow();
        return last - first;
    }
}
