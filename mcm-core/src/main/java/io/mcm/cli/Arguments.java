package io.mcm.cli;

import io.mcm.sdk.ConnectionRequest;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of arguments that several commands take; each refusal shows the value and what is allowed. */
public final class Arguments {

    private static final int MAX_PORT = 65_535;
    private static final String NEEDS_NO_QUOTES = "[\\w./:=,@%+-]+";

    private Arguments() {}

    public static void require(CommandSpec spec, boolean good, String message) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** The value whose {@code toString} is the text. */
    public static <E> E oneOf(CommandSpec spec, String option, String text, E[] values) {
        String allowed = Stream.of(values).map(E::toString).collect(Collectors.joining(", "));
        return Stream.of(values).filter(value -> value.toString().equals(text)).findFirst().orElseThrow(() ->
            new ParameterException(spec.commandLine(), option + " " + text + ", allowed are " + allowed));
    }

    public static void port(CommandSpec spec, String option, int port) {
        require(spec, port >= 1 && port <= MAX_PORT, option + " " + port + ", allowed are 1 to " + MAX_PORT);
    }

    /**
     * {@code HOST:PORT}, an IPv6 address in brackets.
     *
     * @throws ParameterException for what is not of that form
     * @throws EnvironmentException for a host that nobody knows
     */
    public static InetSocketAddress address(CommandSpec spec, String option, String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        require(spec, colon > 0 && port.matches("\\d{1,5}"), option + " " + text + ", expected HOST:PORT, like 127.0.0.1:8002");
        String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
        port(spec, option, Integer.parseInt(port));
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        if (address.isUnresolved()) {
            throw new EnvironmentException(option + " " + text + ": unknown host " + host);
        }
        return address;
    }

    /** An argument of a command line that people are to type again: a shell takes it as it was given. */
    public static String quoted(String argument) {
        return argument.matches(NEEDS_NO_QUOTES) ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    static InetSocketAddress environmentProxy(CommandSpec spec) {
        try {
            return ConnectionRequest.proxyFromEnvironment();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
