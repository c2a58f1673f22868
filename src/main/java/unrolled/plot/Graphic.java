package unrolled.plot;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A picture that Plotly draws: a {@link Chart}, several of them, or a wrapped Tablesaw figure. */
public interface Graphic {
    /** The figure as Plotly's JSON: {@code data}, {@code layout} and, for a film, {@code frames}. A fresh copy at each call. */
    ObjectNode plotly();

    /** What the picture shows, in a sentence, for whoever cannot see it. */
    String altText();
}
