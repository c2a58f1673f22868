package unrolled.notebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import unrolled.notebook.Bundle;

/** Nothing that a cell shows is lost, whatever its pace, and what is too much is counted. */
class OutletTest {
    private final List<ContentType<?>> sent = Collections.synchronizedList(new ArrayList<>());
    private final Outlet outlet = new Outlet((parent, content) -> sent.add(content));
    private final PrintStream out = new PrintStream(new Printed(outlet, StreamType.OUT), false, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(new Printed(outlet, StreamType.ERR), false, StandardCharsets.UTF_8);

    @BeforeEach void begin() {
        outlet.begin(null);
    }

    @AfterEach void close() {
        outlet.close();
    }

    private static Bundle text(Object words) {
        return new Bundle(Map.of("text/plain", words));
    }

    /** Everything printed to one stream. */
    private String printed(StreamType stream) {
        StringBuilder text = new StringBuilder();
        sent.forEach(c -> text.append(c instanceof PublishStream s && s.getStreamType() == stream ? s.getText() : ""));
        return text.toString();
    }

    @Test void manyLinesComeInFewMessages() {
        for (int i = 1; i <= 20_000; i++) {
            out.println("step " + i);
        }
        outlet.end();
        String all = printed(StreamType.OUT);
        assertEquals(20_000, all.lines().count());
        assertTrue(all.startsWith("step 1\nstep 2\n") && all.endsWith("step 20000\n"));
        assertTrue(sent.size() < 60, sent.size() + " messages");
    }

    @Test void aMillionLinesAreCutWithAWordAndTheirEnd() {
        for (int i = 1; i <= 1_000_000; i++) {
            out.println(i);
        }
        outlet.end();
        List<String> lines = printed(StreamType.OUT).lines().toList();
        String word = lines.stream().filter(l -> l.contains("left out")).findFirst().orElseThrow();
        assertEquals("1000000", lines.get(lines.size() - 1));
        int cut = lines.indexOf(word);
        assertEquals(String.valueOf(cut - 1), lines.get(cut - 2), "the lines before the cut, then an empty one, are whole");
        long leftOut = Long.parseLong(word.replaceFirst("\\[([\\d,]+) .*", "$1").replace(",", ""));
        assertEquals(1_000_000, lines.size() - 2 + leftOut, word);
        outlet.begin(null);
        out.println("next");
        outlet.end();
        assertTrue(printed(StreamType.OUT).endsWith("next\n"), "the next cell has the whole room again");
    }

    @Test void oneLineWithoutEndIsCutToo() {
        for (int i = 0; i < 300_000; i++) {
            out.print("0123456789");
        }
        outlet.end();
        assertTrue(printed(StreamType.OUT).length() < Outlet.MOST_CHARACTERS + 10_000, printed(StreamType.OUT).length() + " characters");
        assertTrue(printed(StreamType.OUT).contains("left out"));
    }

    @Test void theOrderOfEverythingStays() {
        out.println("a");
        err.println("b");
        outlet.display(text("c"), null);
        out.println("d");
        outlet.display(text("e"), "place");
        outlet.update(text("f"), "place");
        out.println("g");
        outlet.end();
        List<String> kinds = sent.stream().map(c -> c instanceof PublishStream s ? s.getStreamType() + s.getText().strip() : c.getClass().getSimpleName()).toList();
        assertEquals(List.of("OUTa", "ERRb", "PublishDisplayData", "OUTd", "PublishDisplayData", "PublishUpdateDisplayData", "OUTg"), kinds);
    }

    @Test void ofManyRenewalsTheLastArrives() {
        outlet.display(text(0), "place");
        for (int i = 1; i <= 10_000; i++) {
            outlet.update(text(i), "place");
        }
        outlet.end();
        assertTrue(sent.size() < 60, sent.size() + " messages");
        PublishUpdateDisplayData last = (PublishUpdateDisplayData) sent.get(sent.size() - 1);
        assertEquals(10_000, last.getData(org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_PLAIN));
    }

    @Test void tooManyFiguresAreCounted() {
        for (int i = 0; i < 700; i++) {
            outlet.display(text(i), null);
        }
        outlet.end();
        assertEquals(Outlet.MOST_DISPLAYS, sent.stream().filter(c -> c instanceof PublishDisplayData).count());
        assertTrue(printed(StreamType.OUT).contains("[200 more outputs left out"), printed(StreamType.OUT));
    }

    @Test void itComesWithoutBeingAskedFor() throws InterruptedException {
        out.print("soon");
        Thread.sleep(5 * Outlet.GATHER_MS);
        assertEquals("soon", printed(StreamType.OUT));
    }

    @Test void charactersThatComeInPiecesAreWhole() {
        byte[] bytes = "grün 東京 😀 é".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            out.write(b);
        }
        out.print("|" + "😀".repeat(1000) + "|");
        outlet.end();
        assertEquals("grün 東京 😀 é|" + "😀".repeat(1000) + "|", printed(StreamType.OUT));
    }

    @Test void manyThreadsPrintWholeLines() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int number = t;
            threads.add(new Thread(() -> {
                for (int i = 0; i < 2000; i++) {
                    out.println("thread " + number + " line " + i);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        outlet.end();
        List<String> lines = printed(StreamType.OUT).lines().toList();
        assertEquals(16_000, lines.size());
        assertTrue(lines.stream().allMatch(l -> l.matches("thread \\d line \\d+")));
    }

    @Test void anInterruptedThreadStillPrints() {
        Thread.currentThread().interrupt();
        out.println("after all");
        assertTrue(Thread.interrupted());
        outlet.end();
        assertEquals("after all\n", printed(StreamType.OUT));
    }
}
