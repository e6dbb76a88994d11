package io.mcm.memif.builtin;

import io.mcm.foreign.Errno;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.PeerException;
import java.lang.foreign.Arena;

/** One end of a control socket: whole messages of 128 bytes, checked for their length and for the descriptors that they bring. */
final class ControlChannel implements AutoCloseable {

    private final UnixSocket socket;
    private boolean peerGone;
    private final ControlMessage incoming = new ControlMessage(Arena.ofAuto().allocate(ControlMessage.LENGTH, 8));
    private final ControlMessage outgoing = new ControlMessage(Arena.ofAuto().allocate(ControlMessage.LENGTH, 8));

    ControlChannel(UnixSocket socket) {
        this.socket = socket;
    }

    int fd() {
        return socket.fd();
    }

    /** A message to fill and {@link #send}. */
    ControlMessage compose(ControlMessage.Type type) {
        return outgoing.clear(type);
    }

    void send(ControlMessage message) {
        send(message, -1);
    }

    void send(ControlMessage message, int passed) {
        if (!socket.send(message.bytes(), passed)) {
            throw new PeerException("the peer is gone, or does not read its control socket");
        }
    }

    /**
     * The next message.
     *
     * @return null where none waits
     * @throws PeerException where the peer has closed, or sent something that is no message
     */
    ControlMessage receive() {
        int length = socket.receive(incoming.bytes());
        if (length == -Errno.EAGAIN || length == -Errno.EINTR) {
            return null;
        }
        if (length <= 0) {
            peerGone = true;
            throw new PeerException("the peer closed its control socket");
        }
        if (length != ControlMessage.LENGTH) {
            throw new PeerException("Invalid message size: " + length + " bytes, each has " + ControlMessage.LENGTH);
        }
        return checkDescriptors(incoming);
    }

    /** Whether {@link #receive} has found the peer's end closed. */
    boolean isPeerGone() {
        return peerGone;
    }

    int peerProcess() {
        return socket.peerProcess();
    }

    private ControlMessage checkDescriptors(ControlMessage message) {
        ControlMessage.Type type = message.type();
        boolean expected = type == ControlMessage.Type.ADD_REGION || type == ControlMessage.Type.ADD_RING;
        if (socket.receivedDescriptors() != (expected ? 1 : 0)) {
            throw new PeerException(type + " with " + socket.receivedDescriptors() + " file descriptors, expected "
                + (expected ? 1 : 0));
        }
        return message;
    }

    /** The descriptor that came with the message; the caller owns it. */
    int takeDescriptor() {
        return socket.takeDescriptor();
    }

    /** Says why, if the peer still listens, and closes. */
    void disconnect(String reason) {
        ControlMessage message = compose(ControlMessage.Type.DISCONNECT);
        message.text(ControlMessage.DISCONNECT_TEXT_OFFSET, ControlMessage.TEXT_LENGTH, reason);
        socket.send(message.bytes(), -1);
        close();
    }

    @Override
    public void close() {
        socket.close();
    }
}
