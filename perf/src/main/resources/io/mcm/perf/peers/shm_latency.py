# The same messages as RingPeer's "pace", through GStreamer: appsrc ! shmsink in one process, shmsrc ! appsink in another. appsrc and appsink are
# not what is asked for: the same within one process, over a queue, tells what they take. Prints "p50 SHM IN_PROCESS", nanoseconds.
#
#   shm_latency.py SOCKET BYTES MILLIS
import os
import signal
import struct
import sys
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst, GstApp  # noqa: E402,F401

PACE = 0.002
PATIENCE = 10 * 10**9
socket, size, millis = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
CAPS = "application/octet-stream"


def pace(source):
    due = time.monotonic()
    while True:
        due += PACE
        time.sleep(max(0, due - time.monotonic()))
        buffer = Gst.Buffer.new_wrapped(struct.pack("=q", time.monotonic_ns()) + bytes(size - 8))
        source.push_buffer(buffer)


def median(sink, nanos):
    latencies = []
    begin = time.monotonic_ns()
    while time.monotonic_ns() - begin < 1.3 * nanos:
        sample = sink.try_pull_sample(PATIENCE)
        if sample is None:
            sys.exit("nothing came")
        now = time.monotonic_ns()
        if now - begin > 0.3 * nanos:
            sent = struct.unpack("=q", sample.get_buffer().extract_dup(0, 8))[0]
            latencies.append(now - sent)
    return sorted(latencies)[len(latencies) // 2]


def play(description):
    Gst.init(None)
    pipeline = Gst.parse_launch(description)
    pipeline.set_state(Gst.State.PLAYING)
    return pipeline


def send_to_shm():
    pipeline = play(f"appsrc name=in caps={CAPS} is-live=true ! shmsink socket-path={socket} wait-for-connection=true sync=false shm-size=8000000")
    pace(pipeline.get_by_name("in"))


def forked(action):
    child = os.fork()
    if child == 0:
        action()
        os._exit(0)
    return child


def shm():
    sender = forked(send_to_shm)
    while not os.path.exists(socket):
        time.sleep(0.01)
    pipeline = play(f"shmsrc socket-path={socket} is-live=true ! appsink name=out sync=false")
    p50 = median(pipeline.get_by_name("out"), millis * 10**6)
    os.kill(sender, signal.SIGKILL)
    return p50


def in_process():
    read, write = os.pipe()

    def both():
        import threading
        pipeline = play(f"appsrc name=in caps={CAPS} is-live=true ! queue ! appsink name=out sync=false")
        threading.Thread(target=pace, args=(pipeline.get_by_name("in"),), daemon=True).start()
        os.write(write, str(median(pipeline.get_by_name("out"), millis * 10**6)).encode())

    forked(both)
    return int(os.read(read, 100))


within = in_process()
print("p50", shm(), within)
