package io.mcm.camera.cli;

import io.mcm.camera.send.UdpConfig;
import io.mcm.cli.Arguments;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where packets go, and how they get there. */
final class SendOptions {

    private static final int MAX_HOPS = 255;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whether packets leave as trains that the kernel cuts. */
    enum Trains { AUTO, ON, OFF }

    /** All optional. */
    static final class Group {

        @Option(names = "--to", paramLabel = "[STREAM=]HOST:PORT",
            description = "Where the packets go; RTCP goes to the port above. Repeated with the SSRC or port of a capture's stream before it: several"
                + " streams at once, each to its own address, their relation in time kept.")
        List<String> to = List.of();

        @Option(names = "--ttl", paramLabel = "N", description = "Routers that a packet may pass. Default: the system's, 1 for multicast.")
        int hops;

        @Option(names = "--interface", paramLabel = "NAME", description = "Where multicast leaves. Default: as the routes say.")
        String multicastInterface;

        @Option(names = "--gso", paramLabel = "auto|on|off",
            description = "Hand packets of one length that are due together to the kernel in one piece (UDP_SEGMENT), several times as fast; tcpdump on"
                + " this machine then sees the piece. Default: auto, only with --speed max.")
        Trains gso = Trains.AUTO;
    }

    @ArgGroup(exclusive = false, heading = "%nWhere packets go:%n")
    private Group given;

    /**
     * One {@code --to}.
     *
     * @param stream of a capture, as {@link StreamKey} reads it; null where none was named
     */
    record Route(String stream, InetSocketAddress to) {

        /** RTSP clients bring their own addresses. */
        static final Route BY_RTSP = new Route(null, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    }

    private Group group() {
        return given == null ? new Group() : given;
    }

    boolean hasTo() {
        return !group().to.isEmpty();
    }

    /** Of one or more. */
    List<Route> routes() {
        List<Route> routes = group().to.stream().map(this::route).toList();
        boolean named = routes.stream().allMatch(route -> route.stream() != null);
        Arguments.require(spec, routes.size() == 1 || named,
            "--to " + String.join(", --to ", group().to) + "; several need the SSRC or port of a stream before each: --to 5004=127.0.0.1:6000");
        return routes;
    }

    private Route route(String text) {
        int sign = text.indexOf('=');
        return new Route(sign < 0 ? null : text.substring(0, sign), Arguments.address(spec, "--to", text.substring(sign + 1)));
    }

    /** @param maxSpeed whether packets go as fast as they can */
    UdpConfig config(boolean maxSpeed) {
        Group group = group();
        Arguments.require(spec, group.hops >= 0 && group.hops <= MAX_HOPS, "--ttl " + group.hops + "; allowed are 1 to " + MAX_HOPS);
        boolean trains = group.gso == Trains.ON || group.gso == Trains.AUTO && maxSpeed;
        return new UdpConfig(group.hops, interfaceIndex(group.multicastInterface), trains);
    }

    private int interfaceIndex(String name) {
        if (name == null) {
            return 0;
        }
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            if (found != null) {
                return found.getIndex();
            }
            String there = String.join(", ", NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList());
            throw new ParameterException(spec.commandLine(), "--interface " + name + "; there are " + there);
        } catch (SocketException e) {
            throw new ParameterException(spec.commandLine(), "--interface " + name + ": " + e.getMessage(), e);
        }
    }
}
