package io.mcm.cli;

import io.mcm.ingest.SocketConfig;
import io.mcm.proxy.SenderRule;
import java.net.NetworkInterface;
import java.net.SocketException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the cameras' UDP ports are opened. */
final class SocketOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "SENDER", defaultValue = "any",
        description = "Whose packets are taken (default: ${DEFAULT-VALUE}): any; ADDRESS or ADDRESS:PORT; session, the sender that each session "
            + "names (remote_addr, which the applications of MCM 24.09 fill in without meaning it). Others are counted. Of a multicast group, the "
            + "network is asked for that source alone.")
    private String source;

    @Option(names = "--interface", paramLabel = "NAME",
        description = "Where multicast groups are joined, that of --bind and those that sessions name (local_addr). Default: as the routes say.")
    private String interfaceName;

    @Option(names = "--rcvbuf", paramLabel = "BYTES", defaultValue = "" + SocketConfig.DEFAULT_RECEIVE_BUFFER,
        description = "Receive buffer asked for each UDP port (default: ${DEFAULT-VALUE}). Linux grants at most net.core.rmem_max.")
    private int receiveBuffer;

    SenderRule senders() {
        try {
            return SenderRule.parse(source);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--source " + e.getMessage(), e);
        }
    }

    SocketConfig sockets() {
        Arguments.require(spec, receiveBuffer >= SocketConfig.MIN_RECEIVE_BUFFER && receiveBuffer <= SocketConfig.MAX_RECEIVE_BUFFER,
            "--rcvbuf " + receiveBuffer + ", allowed are " + SocketConfig.MIN_RECEIVE_BUFFER + " to " + SocketConfig.MAX_RECEIVE_BUFFER);
        SocketConfig config = SocketConfig.defaults().withReceiveBuffer(receiveBuffer);
        return interfaceName == null ? config : config.withMulticastInterface(networkInterface());
    }

    private NetworkInterface networkInterface() {
        try {
            NetworkInterface found = NetworkInterface.getByName(interfaceName);
            if (found == null) {
                throw new EnvironmentException("--interface " + interfaceName + ": this machine has none of that name, it has "
                    + String.join(", ", NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().toList()));
            }
            return found;
        } catch (SocketException e) {
            throw new EnvironmentException("--interface " + interfaceName + ": " + e.getMessage(), e);
        }
    }
}
