package io.mcm.ingest.mtl;

import io.mcm.ingest.PacketSourceContract;
import io.mcm.ingest.Transport;
import org.junit.jupiter.api.BeforeAll;

/** Through an installed libmtl, on kernel:lo. */
class MtlContractTest extends PacketSourceContract {

    @BeforeAll
    static void start() {
        InstalledLibmtl.require();
    }

    @Override
    protected Transport transport() {
        return InstalledLibmtl.require();
    }
}
