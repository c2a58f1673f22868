package unrolled.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A sentence reads the same in every country, and is one line. */
class SayTest {
    @Test
    void numbersHaveAPointWhereverTheReaderLives() {
        Locale locale = Locale.getDefault();
        PrintStream out = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Locale.setDefault(Locale.GERMANY);
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            Display.say("α = %.2f, %d steps", 0.5, 3);
        } finally {
            System.setOut(out);
            Locale.setDefault(locale);
        }
        assertEquals("α = 0.50, 3 steps" + System.lineSeparator(), bytes.toString(StandardCharsets.UTF_8));
    }
}
