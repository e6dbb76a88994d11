package io.mcm.conformance.mutant;

import java.io.IOException;
import java.io.InputStream;

/** What a mutant does at its control port; one for all of its conversations. */
interface ControlFault {

    ControlFault NONE = new ControlFault() {};

    /** Up to so many bytes of a request's beginning; fewer at the end. */
    default byte[] begin(InputStream client, int length) throws IOException {
        return client.readNBytes(length);
    }

    default void request(Conversation with, ControlRequest request) throws IOException {
        with.toProxy(request.bytes());
    }

    /** What is no request, as far as that is seen yet. @return whether what comes next may be a request again */
    default boolean garbage(Conversation with, byte[] bytes) throws IOException {
        with.toProxy(bytes);
        return false;
    }

    default void answer(Conversation with, byte[] answer) throws IOException {
        with.toClient(answer);
    }

    /** @param rest what had come of a request */
    default void clientEnded(Conversation with, byte[] rest) throws IOException {
        with.toProxy(rest);
        with.endToProxy();
    }

    default void proxyEnded(Conversation with) throws IOException {
        with.closeClient();
    }
}
