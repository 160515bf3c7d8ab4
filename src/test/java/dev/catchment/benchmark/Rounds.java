package dev.catchment.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of the benchmark, a line each, and their medians. */
final class Rounds {
    private final List<double[]> lines = new ArrayList<>();

    static void heading(String flow) {
        System.out.printf(
                "%-8s %13s %14s %6s %13s %9s  %9s  %9s %12s  %9s%n",
                "",
                "COPY rows/s",
                flow + " rows/s",
                "ratio",
                "again rows/s",
                "WAL COPY",
                "WAL " + flow,
                "WAL again",
                "again/first",
                "peak heap");
    }

    void add(int round, int rows, Measure copy, Measure first, Measure again) {
        double[] line = {
            copy.perSecond(rows),
            first.perSecond(rows),
            copy.seconds() / first.seconds(),
            again.perSecond(rows),
            copy.wal(),
            first.wal(),
            again.wal(),
            (double) again.wal() / first.wal(),
            Math.max(first.heap(), again.heap())
        };
        lines.add(line);
        print("round " + round, line);
    }

    void summary() {
        double[] medians = new double[lines.get(0).length];
        for (int i = 0; i < medians.length; i++) {
            int column = i;
            medians[i] = median(line -> line[column]);
        }
        print("median", medians);
    }

    private double median(ToDoubleFunction<double[]> column) {
        double[] sorted = lines.stream().mapToDouble(column).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void print(String name, double[] line) {
        System.out.printf(
                "%-8s %,13.0f %,14.0f %6.2f %,13.0f %6.1f MB  %6.1f MB  %6.1f MB %10.1f %%  %6.0f MB%n",
                name,
                line[0],
                line[1],
                line[2],
                line[3],
                line[4] / 1e6,
                line[5] / 1e6,
                line[6] / 1e6,
                line[7] * 100,
                line[8] / 1e6);
    }
}
