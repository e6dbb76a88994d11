package io.mcm.ingest;

class KernelContractTest extends PacketSourceContract {

    @Override
    protected Transport transport() {
        return new KernelTransport();
    }
}
