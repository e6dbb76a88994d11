package io.mcm.control;

/**
 * The requests that are answered. {@code MCM_QUERY_MEMIF_PATH} (3) and {@code MCM_QUERY_MEMIF_ID} (4) exist in the header file,
 * but no client sends them and upstream never answers them, which leaves the asker waiting for ever: here they are refused.
 */
enum Command {
    CREATE_SESSION(1, ConnectionParamDescriptor.LENGTH),
    DESTROY_SESSION(2, MessageDescriptor.SESSION_ID_LENGTH),
    QUERY_MEMIF_PARAM(5, MessageDescriptor.SESSION_ID_LENGTH);

    private final int wireValue;
    private final int dataLength;

    Command(int wireValue, int dataLength) {
        this.wireValue = wireValue;
        this.dataLength = dataLength;
    }

    int wireValue() {
        return wireValue;
    }

    /** Bytes that follow the command. */
    int dataLength() {
        return dataLength;
    }

    static Command of(int wireValue) throws ProtocolException {
        for (Command command : values()) {
            if (command.wireValue == wireValue) {
                return command;
            }
        }
        throw new ProtocolException("command " + wireValue + ", must be 1 (create), 2 (destroy) or 5 (query memif param)");
    }
}
