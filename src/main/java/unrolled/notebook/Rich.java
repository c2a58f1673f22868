package unrolled.notebook;

/** What knows its own form in a notebook. */
interface Rich {
    Bundle bundle();
}
