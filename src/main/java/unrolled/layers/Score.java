package unrolled.layers;

import java.util.List;
import unrolled.math.Sequence;

/** How well step t of h [T,B,H] fits step s of e [T',B,H], as one number a_ts each, a [T,B,T']. */
interface Score {
    /** a_ts for all t and s, those of padding too. */
    void forward(Sequence h, Sequence e, Sequence a);

    /** Adds the gradients of h, e and the parameters, from da. */
    void backward(Sequence h, Sequence e, Sequence da, Sequence dh, Sequence de);

    List<Param> params();
}
