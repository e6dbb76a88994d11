package io.mcm.control;

/**
 * {@code mcm_dp_addr}, 52 bytes.
 *
 * <pre>
 *    0                       46          52
 *   +-----------------------+-----------+
 *   | ip, NUL-terminated    | port text |
 *   +-----------------------+-----------+
 * </pre>
 */
final class AddressDescriptor {

    static final int LENGTH = 52;
    static final int IP_OFFSET = 0;
    static final int IP_LENGTH = 46;
    static final int PORT_OFFSET = 46;
    static final int PORT_LENGTH = 6;

    private AddressDescriptor() {}

    static Address decode(Struct struct, String field) throws ProtocolException {
        String port = struct.text(PORT_OFFSET, PORT_LENGTH, field + ".port");
        return new Address(struct.text(IP_OFFSET, IP_LENGTH, field + ".ip"), portNumber(port, field));
    }

    static void encode(Struct struct, Address address, String field) {
        struct.text(IP_OFFSET, IP_LENGTH, address.ip(), field + ".ip");
        String port = address.port() == 0 ? "" : Integer.toString(address.port());
        struct.text(PORT_OFFSET, PORT_LENGTH, port, field + ".port");
    }

    private static int portNumber(String text, String field) throws ProtocolException {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits && !text.isEmpty() ? Integer.parseInt(text) : 0;
        if (!digits || port > Address.MAX_PORT) {
            throw new ProtocolException(field + ".port=\"" + text + "\", must be empty or 0 to " + Address.MAX_PORT);
        }
        return port;
    }
}
