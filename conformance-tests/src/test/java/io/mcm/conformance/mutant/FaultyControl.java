package io.mcm.conformance.mutant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A control port in front of a sound proxy's, at which a {@link ControlFault} is made. */
final class FaultyControl implements AutoCloseable {

    private static final int BACKLOG = 100;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final InetSocketAddress proxy;
    private final ControlFault fault;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();

    FaultyControl(InetSocketAddress proxy, ControlFault fault) throws IOException {
        this.proxy = proxy;
        this.fault = fault;
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                begin(listener.accept());
            } catch (IOException _) {
                // The listener is closed, or the proxy is gone.
            }
        }
    }

    private void begin(Socket client) throws IOException {
        Conversation conversation;
        try {
            conversation = new Conversation(client, proxy, fault);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        conversations.add(conversation);
        Thread.ofVirtual().start(conversation::readRequests);
        Thread.ofVirtual().start(conversation::readAnswers);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        conversations.forEach(Conversation::close);
    }
}
