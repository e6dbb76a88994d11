package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.RtpStream.IDR;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Networks that lose, double, delay and swap packets. What arrived whole is delivered, in its order and once; nothing else is. */
final class LossCases {

    private static final int LENGTH = 1_000;
    private static final int PARTS = 5;
    /** Further than any window of packets is worth for a live picture. */
    private static final int FAR = 600;
    private static final int SMALL = 50;
    private static final int RANDOM_PICTURES = 160;
    private static final int PICTURES_A_ROUND = 32;
    /** More than a lead-in ever takes: a picture every 20 ms for five seconds. */
    private static final int LEAD_IN_PACKETS = 400;

    private LossCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(lost());
        cases.addAll(doubled());
        cases.addAll(swapped());
        cases.addAll(leaps());
        return cases;
    }

    private static ConformanceCase loss(String name, String sends, String expects, String why, Body body) {
        return ConformanceCase.of(Group.LOSS, name, sends, expects, why, body);
    }

    /** Packets of five pictures, one NAL unit of five fragments each. */
    private record Pictures(List<byte[]> units, List<List<byte[]>> packets) {

        static Pictures of(Link link, int count) {
            Pictures pictures = new Pictures(new ArrayList<>(), new ArrayList<>());
            for (int i = 0; i < count; i++) {
                byte[] unit = link.stream().nextPicture().unit(IDR, LENGTH);
                pictures.units.add(unit);
                pictures.packets.add(link.stream().fuA(unit, PARTS, true));
            }
            return pictures;
        }

        List<byte[]> inOrder() {
            return new ArrayList<>(packets.stream().flatMap(List::stream).toList());
        }

        List<byte[]> without(int... pictures) {
            List<byte[]> left = new ArrayList<>(units);
            for (int i = pictures.length - 1; i >= 0; i--) {
                left.remove(pictures[i]);
            }
            return left;
        }
    }

    /** Of five pictures some packets are lost, by number from 0; some pictures are not whole then. */
    private static Body losing(int[] packets, int... pictures) {
        return scene -> {
            Link link = scene.link();
            Pictures sent = Pictures.of(link, 5);
            List<byte[]> left = sent.inOrder();
            for (int i = packets.length - 1; i >= 0; i--) {
                left.remove(packets[i]);
            }
            link.send(left);
            link.expect(sent.without(pictures));
        };
    }

    private static int[] packets(int... numbers) {
        return numbers;
    }

    private static List<ConformanceCase> lost() {
        String others = "the four other pictures, byte for byte";
        return List.of(
            loss("first-fragment", "five pictures of five fragments, without the third one's first", others,
                "a picture without its beginning is delivered as a whole one", losing(packets(10), 2)).proves("RFC6184-5.8-24"),
            loss("middle-fragment", "five pictures of five fragments, without the third one's third", others,
                "a picture with a hole is delivered as a whole one", losing(packets(12), 2)).proves("RFC6184-5.8-22",
                    "RFC6184-5.8-24"),
            loss("last-fragment", "five pictures of five fragments, without the third one's last, which has the marker", others,
                "two pictures run into one", losing(packets(14), 2)).proves("RFC6184-5.8-24", "RFC6184-5.1-04"),
            loss("every-fragment-but-one", "five pictures of five fragments, of the third only the third", others,
                "one fragment is no picture", losing(packets(10, 11, 13, 14), 2)).proves("RFC6184-5.8-24"),
            loss("end-of-one-and-start-of-the-next", "five pictures, without the second one's end and the third one's start",
                "the three other pictures", "halves of two pictures are joined", losing(packets(8, 9, 10, 11), 1, 2))
                    .proves("RFC6184-5.8-24"),
            loss("whole-picture", "five pictures, without the third", others, "nothing but the picture is lost",
                losing(packets(10, 11, 12, 13, 14), 2)),
            loss("every-fifth-packet", "five pictures, each without another fragment", "none of them",
                "pieces of many pictures are joined",
                losing(packets(0, 6, 12, 18, 24), 0, 1, 2, 3, 4)).proves("RFC6184-5.8-24"),
            loss("marker-packet-of-single-units", "three pictures of two slices; the second one's last is lost",
                "the five other slices, or the four of whole pictures", "the next picture is appended to this one",
                    LossCases::markerLost)
                .proves("RFC6184-5.1-04"),
            loss("stap-a", "three pictures in an STAP-A each; the second is lost", "the units of the others",
                "an aggregate is lost as a whole",
                scene -> {
                    Link link = scene.link();
                    List<byte[]> units = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        RtpStream stream = link.stream().nextPicture();
                        byte[][] picture = {stream.unit(0x67, 20), stream.unit(0x68, 6), stream.unit(IDR, 100)};
                        byte[] packet = stream.stapA(true, picture);
                        if (i != 1) {
                            units.addAll(List.of(picture));
                            link.send(packet);
                        }
                    }
                    link.expect(units);
                }));
    }

    private static void markerLost(Scene scene) throws Exception {
        Link link = scene.link();
        List<byte[]> slices = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            RtpStream stream = link.stream().nextPicture();
            slices.add(stream.unit(IDR, LENGTH));
            slices.add(stream.unit(IDR, LENGTH));
            link.send(stream.single(slices.get(2 * i), false));
            byte[] last = stream.single(slices.get(2 * i + 1), true);
            if (i != 1) {
                link.send(last);
            }
        }
        slices.remove(3);
        List<byte[]> whole = new ArrayList<>(slices);
        whole.remove(2);
        link.expectOneOf(slices, whole);
    }

    private static List<ConformanceCase> doubled() {
        return List.of(
            loss("every-packet-twice", "five pictures, each packet twice in a row", "each picture once",
                "pictures grow by doubled fragments",
                scene -> {
                    Link link = scene.link();
                    Pictures sent = Pictures.of(link, 5);
                    for (byte[] packet : sent.inOrder()) {
                        link.send(packet, packet);
                    }
                    link.expect(sent.units);
                }).proves("RFC6184-7-02", "RFC6184-6.1-03"),
            loss("every-picture-twice", "five pictures, the packets of each again after its last", "each picture once",
                "the decoder gets pictures twice", scene -> {
                    Link link = scene.link();
                    Pictures sent = Pictures.of(link, 5);
                    for (List<byte[]> picture : sent.packets) {
                        link.send(picture);
                        link.send(picture);
                    }
                    link.expect(sent.units);
                }).proves("RFC6184-7-02", "RFC6184-6.1-03"));
    }

    private static List<ConformanceCase> swapped() {
        return List.of(
            loss("neighbours-swapped", "five pictures, each packet changed with its neighbour", "all pictures whole and in order",
                "two paths through a switch are enough for that", moved(1)).proves("RFC6184-7.1-01", "RFC6184-5.8-03",
                    "RFC6184-5.1-06"),
            loss("packets-four-late", "five pictures, every fifth packet four places late", "all pictures whole and in order",
                "bonded links deliver so", moved(4)).proves("RFC6184-7.1-01"),
            loss("packets-sixteen-late", "five pictures, a packet sixteen places late", "all pictures whole and in order",
                "Wi-Fi repeats a packet so much later", moved(16)).proves("RFC6184-7.1-01"),
            loss("a-picture-backwards", "five pictures, the packets of each in reverse order", "all pictures whole and in order",
                "the order is the sequence numbers', whatever came first", scene -> {
                    Link link = scene.link();
                    Pictures sent = Pictures.of(link, 5);
                    for (List<byte[]> picture : sent.packets) {
                        link.send(picture.reversed());
                    }
                    link.expect(sent.units);
                }).proves("RFC6184-7.1-01", "RFC6184-5.8-03"),
            loss("late-beyond-any-window", "a picture whose packet comes 600 packets too late",
                "the other pictures in order, and never that one", "an old picture is shown after a new one", LossCases::farLate)
                .proves("RFC6184-7-02"));
    }

    /** Every so many packets the first changes its place with the last. */
    private static Body moved(int distance) {
        return scene -> {
            Link link = scene.link();
            Pictures sent = Pictures.of(link, 5);
            List<byte[]> packets = sent.inOrder();
            for (int i = 0; i + distance < packets.size(); i += distance + 1) {
                packets.add(i + distance, packets.remove(i));
            }
            link.send(packets);
            link.expect(sent.units);
        };
    }

    private static void farLate(Scene scene) throws Exception {
        Link link = scene.link();
        byte[] late = link.stream().nextPicture().unit(IDR, LENGTH);
        byte[] packet = link.stream().single(late, true);
        link.exchange(FAR, _ -> small(link));
        link.send(packet);
        byte[] after = link.stream().nextPicture().unit(IDR, LENGTH);
        link.send(link.stream().single(after, true));
        link.expect(after);
    }

    private static List<ConformanceCase> leaps() {
        return List.of(
            loss("at-the-sequence-wrap", "pictures across sequence number 65,535, without one fragment there",
                "all pictures but that one",
                "a gap across the wrap is no leap back", wrap(true)).proves("RFC3550-A.1-08", "RFC6184-5.8-24"),
            loss("swapped-at-the-sequence-wrap", "pictures across sequence number 65,535, packets swapped there",
                "all pictures in order",
                "order is modulo 65,536", wrap(false)).proves("RFC3550-A.1-08", "RFC6184-7.1-01"),
            loss("sequence-leaps", "pictures whose sequence numbers leap by 20,000, as a restarted camera's do",
                "pictures again within 5 seconds, then all of them", "a restarted camera stays dark", scene -> {
                    Link link = scene.link();
                    link.stream().setSequence(link.stream().sequence() + 20_000);
                    link.recover();
                    Pictures sent = Pictures.of(link, 5);
                    link.send(sent.inOrder());
                    link.expect(sent.units);
                }).proves("RFC3550-A.1-09"),
            loss("random", "160 pictures of one to four packets; of a hundred packets about five are lost, five doubled, five swapped",
                "exactly the pictures of which every packet arrived, in order", "any mixture of faults", LossCases::random)
                .proves("RFC6184-7.1-01", "RFC6184-7-02", "RFC6184-5.8-24"));
    }

    /** A picture whose second packet is number 65,535 and whose third is number 0. */
    private static Body wrap(boolean lost) {
        return scene -> {
            Link link = scene.consumer(scene.freePort());
            link.stream().setSequence(0x10000 - LEAD_IN_PACKETS);
            link.begin();
            goOnTo(link, 0x10000 - 2);
            Pictures sent = Pictures.of(link, 1);
            List<byte[]> packets = sent.inOrder();
            if (lost) {
                packets.remove(2);
            } else {
                Collections.swap(packets, 1, 2);
            }
            link.send(packets);
            link.expect(lost ? List.of() : sent.units);
            Pictures after = Pictures.of(link, 3);
            link.send(after.inOrder());
            link.expect(after.units);
        };
    }

    /** Pictures of one packet until a sequence number is next. */
    private static void goOnTo(Link link, int sequence) throws Exception {
        while (link.stream().sequence() < sequence - 1) {
            link.exchange(1, _ -> small(link));
        }
        if (link.stream().sequence() < sequence) {
            link.expect();
        }
    }

    private static List<byte[]> small(Link link) throws IOException {
        byte[] unit = link.stream().nextPicture().unit(IDR, SMALL);
        link.send(link.stream().single(unit, true));
        return List.of(unit);
    }

    private static void random(Scene scene) throws Exception {
        Link link = scene.link();
        int round = Math.min(PICTURES_A_ROUND, link.consumer().ringSize() / 2);
        for (int done = 0; done < RANDOM_PICTURES; done += round) {
            List<byte[]> whole = new ArrayList<>();
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < round; i++) {
                byte[] unit = link.stream().nextPicture().unit(IDR, 200);
                int parts = scene.random().nextInt(1, 5);
                List<byte[]> made = new ArrayList<>(parts == 1 ? List.of(link.stream().single(unit, true))
                    : link.stream().fuA(unit, parts, true));
                boolean all = !made.removeIf(_ -> scene.random().nextInt(100) < 5);
                if (all) {
                    whole.add(unit);
                }
                for (byte[] packet : made) {
                    packets.add(packet);
                    if (scene.random().nextInt(100) < 5) {
                        packets.add(packet);
                    }
                }
            }
            for (int i = 1; i < packets.size(); i++) {
                if (scene.random().nextInt(100) < 5) {
                    Collections.swap(packets, i - 1, i);
                }
            }
            link.send(packets);
            link.expect(whole);
        }
    }
}
