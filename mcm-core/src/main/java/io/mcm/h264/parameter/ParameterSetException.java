package io.mcm.h264.parameter;

/** A parameter set, or a record that holds some, that breaks the standard; the message has the value and what is allowed. */
public final class ParameterSetException extends Exception {

    private static final long serialVersionUID = 1L;

    public ParameterSetException(String message) {
        super(message);
    }
}
