package unrolled.bench;

/** The cold job: a fresh process trains an LSTM for so many steps and ends. Arguments: B, T, D, H, steps, f64 or f32. Prints the last loss. */
public final class ColdBench {
    private ColdBench() { }

    public static void main(String[] args) {
        Workload.precision(args[5]);
        int[] n = java.util.Arrays.stream(args, 0, 5).mapToInt(Integer::parseInt).toArray();
        Workload work = new Workload("lstm", n[0], n[1], n[2], n[3]);
        double L = 0;
        for (int step = 0; step < n[4]; step++) {
            L = work.step();
        }
        System.out.println("{\"loss\": " + L + "}");
    }
}
