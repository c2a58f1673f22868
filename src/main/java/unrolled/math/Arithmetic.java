package unrolled.math;

/** What computes with the numbers of one precision: its kernels, and the team for its products. */
final class Arithmetic {
    final Precision precision;
    /** They take the arrays that they made themselves, which is why it need not be known here of what. */
    final Kernels<Object> kernels;
    final Team team;

    @SuppressWarnings("unchecked")
    Arithmetic(Precision precision, Kernels<?> kernels) {
        this.precision = precision;
        this.kernels = (Kernels<Object>) kernels;
        team = new Team(this.kernels, Team.threads(System.getProperty(Team.PROPERTY)));
    }
}
