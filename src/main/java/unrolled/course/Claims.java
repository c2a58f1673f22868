package unrolled.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The claims of a lesson, each with what was measured here and whether it holds. */
final class Claims {

    private record Claim(String measured, boolean holds) {
        String mark() {
            return holds ? "✓" : "✗";
        }
    }

    private final Map<String, Claim> claims = new LinkedHashMap<>();

    /** A cell that runs again replaces its claim. */
    synchronized void add(String sentence, String measured, boolean holds) {
        claims.put(String.valueOf(sentence), new Claim(String.valueOf(measured), holds));
    }

    /** Shows the table and forgets the claims; in strict mode a claim that does not hold is an error after that. */
    synchronized void show(boolean strict) {
        List<List<String>> rows = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        StringBuilder plain = new StringBuilder("claim | measured here | holds");
        claims.forEach((sentence, claim) -> {
            rows.add(List.of(Boxes.html(sentence), Boxes.html(claim.measured()), claim.mark()));
            plain.append('\n').append(sentence).append(" | ").append(claim.measured()).append(" | ").append(claim.mark());
            if (!claim.holds()) {
                failed.add(sentence);
            }
        });
        String colour = failed.isEmpty() ? Boxes.GREEN : Boxes.AMBER;
        if (claims.isEmpty()) {
            Boxes.show(Boxes.GREY, "No claims yet.", "Run the cells above first.", "No claims yet: run the cells above first.");
        } else {
            Boxes.show(colour, Boxes.table(List.of("claim", "measured here", "holds"), rows), plain.toString());
        }
        claims.clear();
        if (strict && !failed.isEmpty()) {
            throw new IllegalStateException("Claims that do not hold: " + String.join("; ", failed));
        }
    }
}
