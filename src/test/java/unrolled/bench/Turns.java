package unrolled.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Processes that are compared live side by side: each says when it is warm, and measures when it is told to. */
final class Turns {
    private Turns() { }

    /** Measures for each line of standard input, or once if there are no turns. */
    static void take(boolean turns, Runnable measure) throws IOException {
        if (!turns) {
            measure.run();
            return;
        }
        System.out.println("{\"warm\": true}");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        while (lines.readLine() != null) {
            measure.run();
        }
    }
}
