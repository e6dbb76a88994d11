package io.mcm.control;

/** {@code transfer_type}: which way the media goes, as the micro-service sees it. In wire order. */
public enum TransferType {
    TX,
    RX
}
