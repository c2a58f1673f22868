package unrolled.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A printed sentence reads the same in every country. */
class SayTest {
    @Test
    void aDecimalPointInEveryCountryAndOneLineEnd() {
        PrintStream before = System.out;
        Locale home = Locale.getDefault();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            Locale.setDefault(Locale.GERMANY);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Display.say("the loss is %.2f, %d of %d", 0.5, 1, 2);
        } finally {
            System.setOut(before);
            Locale.setDefault(home);
        }
        assertEquals("the loss is 0.50, 1 of 2" + System.lineSeparator(), printed.toString(StandardCharsets.UTF_8));
    }
}
