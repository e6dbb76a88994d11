package io.mcm.perf.latency;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A process of a proxy only: tells its control port, then for each line of standard input what it dropped; ends with that input. */
public final class ProxyPeer {

    private ProxyPeer() {}

    public static void main(String[] args) throws IOException {
        Logger.getLogger("io.mcm").setLevel(Level.WARNING); // sessions come and go by the dozen
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (HostedProxy proxy = new HostedProxy(Integer.parseInt(args[0]))) {
            answers.println(proxy.control().getPort());
            while (questions.readLine() != null) {
                answers.println(proxy.dropped());
            }
        }
    }
}
