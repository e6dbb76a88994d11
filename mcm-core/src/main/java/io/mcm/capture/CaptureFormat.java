package io.mcm.capture;

/** How a capture file holds its records. */
sealed interface CaptureFormat permits PcapFormat, PcapngFormat {

    /**
     * Fills the record with the file's next one and leaves the input behind it; its bytes stay in the buffer until the next call.
     *
     * @return false at the file's end
     */
    boolean next(CaptureRecord record) throws CaptureException;

    /**
     * Leaves behind what {@link #next} could not read.
     *
     * @param last the record before it
     * @return false where nothing follows that looks like a record
     */
    boolean resume(CaptureRecord last) throws CaptureException;

    /** Refuses a length that no frame has. */
    static int checkedLength(CaptureInput input, long record, long length) throws CaptureException {
        if (length > CaptureInput.MAX_FRAME) {
            throw new CaptureException(input.file(), "record " + record + " says that it has " + length
                + " captured bytes; 0 to " + CaptureInput.MAX_FRAME + " are allowed");
        }
        return (int) length;
    }

    static CaptureException cut(CaptureInput input, long record, long wanted, long there) {
        return new CaptureException(input.file(), "cut in record " + record + ": " + wanted + " bytes are announced, "
            + there + " are there");
    }
}
