package io.mcm.conformance.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ways to serve the control protocol wrongly. */
final class ControlFaults {

    private static final int ID_LENGTH = 4;
    /** {@code memif_conn_param}. */
    private static final int MEMIF_PARAM_LENGTH = 296;

    private ControlFaults() {}

    /** The sessions that a conversation has created are known to it. */
    private abstract static class KnowsSessions implements ControlFault {

        @Override
        public void answer(Conversation with, byte[] answer) throws IOException {
            if (answer.length == ID_LENGTH) {
                created(with, ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt());
            }
            with.toClient(answer);
        }

        void created(Conversation by, int id) {
            by.sessions().add(id);
        }
    }

    static ControlFault ignoresDestroy() {
        return new ControlFault() {
            @Override
            public void request(Conversation with, ControlRequest request) throws IOException {
                if (request.command() != ControlRequest.DESTROY) {
                    with.toProxy(request.bytes());
                }
            }
        };
    }

    /** Sessions of a client that dies without DESTROY stay. */
    static ControlFault leaksSessionsOfTheDead() {
        return new ControlFault() {
            @Override
            public void clientEnded(Conversation with, byte[] rest) {
                // The connection to the proxy stays.
            }
        };
    }

    /** As 24.09: only the last session of a connection ends with it. */
    static ControlFault endsLastSessionOnly() {
        return new KnowsSessions() {
            @Override
            public void clientEnded(Conversation with, byte[] rest) throws IOException {
                if (!with.sessions().isEmpty()) {
                    with.toProxy(ControlRequest.of(ControlRequest.DESTROY, with.sessions().getLast()).bytes());
                }
            }
        };
    }

    /** As 24.09: any connection may ask for any session, and takes it along when it ends. */
    static ControlFault letsStrangersIn() {
        Map<Integer, Conversation> owners = new ConcurrentHashMap<>();
        Map<Conversation, Conversation> asking = new ConcurrentHashMap<>();
        return new KnowsSessions() {
            @Override
            void created(Conversation by, int id) {
                owners.put(id, by);
            }

            @Override
            public void request(Conversation with, ControlRequest request) throws IOException {
                Conversation owner = request.command() == ControlRequest.CREATE ? with : owners.getOrDefault(request.id(), with);
                if (owner != with) {
                    with.sessions().add(request.id());
                    asking.put(owner, with);
                }
                owner.toProxy(request.bytes());
            }

            @Override
            public void answer(Conversation with, byte[] answer) throws IOException {
                Conversation stranger = asking.remove(with);
                if (stranger != null) {
                    stranger.toClient(answer);
                } else {
                    super.answer(with, answer);
                }
            }

            @Override
            public void clientEnded(Conversation with, byte[] rest) throws IOException {
                for (int id : with.sessions()) {
                    owners.get(id).toProxy(ControlRequest.of(ControlRequest.DESTROY, id).bytes());
                }
                with.toProxy(rest);
                with.endToProxy();
            }
        };
    }

    /** As 24.09, which reads zero bytes for ever. */
    static ControlFault waitsAfterEndWithinRequest() {
        return new ControlFault() {
            @Override
            public void clientEnded(Conversation with, byte[] rest) throws IOException {
                if (rest.length == 0) {
                    with.endToProxy();
                }
            }
        };
    }

    /** As 24.09, which takes what one read gives for the whole header. */
    static ControlFault losesSplitHeader() {
        return new ControlFault() {
            @Override
            public byte[] begin(InputStream client, int length) throws IOException {
                byte[] some = new byte[length];
                return Arrays.copyOf(some, Math.max(0, client.read(some)));
            }

            @Override
            public boolean garbage(Conversation with, byte[] bytes) {
                return true;
            }
        };
    }

    /** As 24.09, which goes on reading after a wrong magic or version. */
    static ControlFault goesOnAfterGarbage() {
        return new ControlFault() {
            @Override
            public boolean garbage(Conversation with, byte[] bytes) {
                return true;
            }
        };
    }

    /** As 24.09, which reads 304 bytes of whatever came. */
    static ControlFault takesShortParameters() {
        return new ControlFault() {
            @Override
            public boolean garbage(Conversation with, byte[] bytes) throws IOException {
                ControlRequest request = new ControlRequest(bytes);
                if (bytes.length == ControlRequest.COMMAND && request.command() == ControlRequest.CREATE) {
                    byte[] full = request.filledUp().bytes();
                    full[ControlRequest.COMMAND] = 0;
                    with.toProxy(full);
                    with.toClient(new byte[] {1, 0, 0, 0});
                    return false;
                }
                with.toProxy(bytes);
                return false;
            }
        };
    }

    /** As 24.09: a request that fails has no answer and no end. */
    static ControlFault saysNothingOfFailure() {
        return new ControlFault() {
            @Override
            public void proxyEnded(Conversation with) {
                // The client goes on waiting.
            }
        };
    }

    static ControlFault answersTooShort() {
        return new ControlFault() {
            @Override
            public void answer(Conversation with, byte[] answer) throws IOException {
                with.toClient(answer.length == MEMIF_PARAM_LENGTH ? Arrays.copyOf(answer, MEMIF_PARAM_LENGTH - 1) : answer);
            }
        };
    }

    static ControlFault answersTooLong() {
        return new ControlFault() {
            @Override
            public void answer(Conversation with, byte[] answer) throws IOException {
                with.toClient(answer.length == ID_LENGTH ? Arrays.copyOf(answer, 2 * ID_LENGTH) : answer);
            }
        };
    }

    static ControlFault writesIdsBigEndian() {
        return new ControlFault() {
            @Override
            public void answer(Conversation with, byte[] answer) throws IOException {
                with.toClient(answer.length == ID_LENGTH ? new byte[] {answer[3], answer[2], answer[1], answer[0]} : answer);
            }

            @Override
            public void request(Conversation with, ControlRequest request) throws IOException {
                with.toProxy(request.command() == ControlRequest.CREATE
                    ? request.bytes() : request.withId(Integer.reverseBytes(request.id())).bytes());
            }
        };
    }

    /** Every session has the same id, whatever it is to the proxy; each connection is given its own. */
    static ControlFault givesOneId(int id) {
        return new KnowsSessions() {
            @Override
            public void answer(Conversation with, byte[] answer) throws IOException {
                if (answer.length != ID_LENGTH) {
                    with.toClient(answer);
                    return;
                }
                created(with, ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt());
                with.toClient(ByteBuffer.allocate(ID_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(id).array());
            }

            @Override
            public void request(Conversation with, ControlRequest request) throws IOException {
                boolean known = request.command() != ControlRequest.CREATE && request.id() == id && !with.sessions().isEmpty();
                with.toProxy(known ? request.withId(with.sessions().getLast()).bytes() : request.bytes());
            }
        };
    }
}
