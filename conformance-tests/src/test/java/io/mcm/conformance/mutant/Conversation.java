package io.mcm.conformance.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One client's connection and the one to the sound proxy that stands for it. */
final class Conversation {

    private static final int LONGEST_ANSWER = 4096;

    private final Socket client;
    private final Socket proxy = new Socket();
    private final ControlFault fault;
    /** Sessions that it has created, as the proxy numbers them. */
    private final List<Integer> sessions = new CopyOnWriteArrayList<>();
    private boolean passing;

    Conversation(Socket client, InetSocketAddress proxy, ControlFault fault) throws IOException {
        this.client = client;
        this.fault = fault;
        client.setTcpNoDelay(true);
        this.proxy.setTcpNoDelay(true);
        this.proxy.connect(proxy);
    }

    List<Integer> sessions() {
        return sessions;
    }

    void toProxy(byte[] bytes) throws IOException {
        proxy.getOutputStream().write(bytes);
    }

    void endToProxy() throws IOException {
        proxy.shutdownOutput();
    }

    void toClient(byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
    }

    void closeClient() throws IOException {
        client.close();
    }

    void close() {
        for (Socket socket : List.of(client, proxy)) {
            try {
                socket.close();
            } catch (IOException _) {
                // It was the last that anybody wanted of it.
            }
        }
    }

    /** The client's side, on its thread. */
    void readRequests() {
        try {
            while (readRequest(client.getInputStream())) {
                // One after the other.
            }
        } catch (IOException _) {
            close();
        }
    }

    private boolean readRequest(InputStream in) throws IOException {
        if (passing) {
            return pass(in);
        }
        byte[] header = fault.begin(in, ControlRequest.HEADER);
        if (header.length == 0) {
            fault.clientEnded(this, header);
            return false;
        }
        if (!ControlRequest.isHeader(header)) {
            passing = !fault.garbage(this, header);
            return true;
        }
        return readCommand(in, header);
    }

    private boolean readCommand(InputStream in, byte[] header) throws IOException {
        ControlRequest command = new ControlRequest(joined(header, in.readNBytes(ControlRequest.COMMAND - ControlRequest.HEADER)));
        if (command.bytes().length < ControlRequest.COMMAND) {
            fault.clientEnded(this, command.bytes());
            return false;
        }
        if (!command.isKnown()) {
            passing = !fault.garbage(this, command.bytes());
            return true;
        }
        ControlRequest request = new ControlRequest(joined(command.bytes(), in.readNBytes(command.dataLength())));
        if (request.bytes().length < ControlRequest.COMMAND + command.dataLength()) {
            fault.clientEnded(this, request.bytes());
            return false;
        }
        fault.request(this, request);
        return true;
    }

    private boolean pass(InputStream in) throws IOException {
        byte[] some = new byte[LONGEST_ANSWER];
        int count = in.read(some);
        if (count < 0) {
            endToProxy();
            return false;
        }
        toProxy(Arrays.copyOf(some, count));
        return true;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The proxy's side, on its thread: an answer is one write, so one read. */
    void readAnswers() {
        byte[] some = new byte[LONGEST_ANSWER];
        try {
            for (int count = proxy.getInputStream().read(some); count >= 0; count = proxy.getInputStream().read(some)) {
                fault.answer(this, Arrays.copyOf(some, count));
            }
        } catch (IOException _) {
            // An end like any other.
        }
        try {
            fault.proxyEnded(this);
        } catch (IOException _) {
            close();
        }
    }
}
