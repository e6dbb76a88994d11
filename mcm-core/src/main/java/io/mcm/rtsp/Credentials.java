package io.mcm.rtsp;

/** Who somebody is to a server. */
public record Credentials(String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return user + ":***";
    }
}
