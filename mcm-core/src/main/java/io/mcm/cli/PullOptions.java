package io.mcm.cli;

import io.mcm.proxy.pull.PullTarget;
import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.RtspUrl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which RTSP cameras feed which ports. */
final class PullOptions {

    private static final String PASSWORD = "MCM_RTSP_PASSWORD";
    private static final String FORM = ", expected PORT=rtsp://[USER[:PASSWORD]@]HOST[:PORT]/PATH";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--pull", paramLabel = "PORT=URL",
        description = "Fetch what sessions of UDP port PORT get from this RTSP camera, as PORT=rtsp://USER:PASSWORD@HOST/PATH; without PASSWORD it is that"
            + " of the environment variable " + PASSWORD + ". Begins when the port's first consumer is connected and ends with its last session. May be given for several"
            + " ports; others are for cameras that send by themselves.")
    private List<String> pulls = List.of();

    @Option(names = "--rtsp-transport", paramLabel = "udp|tcp", defaultValue = "udp",
        description = "How those cameras send (default: ${DEFAULT-VALUE}): udp, to the port and its RTCP to the one above; tcp, in RTSP's connection.")
    private String transport;

    Map<Integer, PullTarget> targets(boolean kernel) {
        Arguments.require(spec, transport.equals("udp") || transport.equals("tcp"), "--rtsp-transport " + transport + ", allowed are udp, tcp");
        Arguments.require(spec, pulls.isEmpty() || kernel, "--pull needs --transport kernel");
        Map<Integer, PullTarget> targets = new LinkedHashMap<>();
        for (String text : pulls) {
            int equals = text.indexOf('=');
            String port = equals < 0 ? "" : text.substring(0, equals);
            Arguments.require(spec, port.matches("\\d{1,5}"), "--pull without PORT" + FORM);
            Arguments.port(spec, "--pull", Integer.parseInt(port));
            PullTarget target = new PullTarget(url(text.substring(equals + 1)), transport.equals("tcp"));
            Arguments.require(spec, targets.put(Integer.parseInt(port), target) == null, "--pull: port " + port + " has two cameras, allowed is one");
        }
        return targets;
    }

    private RtspUrl url(String text) {
        try {
            RtspUrl url = RtspUrl.parse(text);
            String password = System.getenv(PASSWORD);
            boolean needed = password != null && url.credentials().filter(known -> known.password().isEmpty()).isPresent();
            return needed ? url.withCredentials(new Credentials(url.credentials().get().user(), password)) : url;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--pull: " + e.getMessage(), e);
        }
    }
}
