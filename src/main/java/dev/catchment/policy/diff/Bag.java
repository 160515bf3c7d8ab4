package dev.catchment.policy.diff;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Words or groups of words, each as often as it occurs, as numbers made of their letters: two long texts are compared in
 * little heap, whatever strangers wrote into them.
 */
final class Bag {
    private final long[] sorted;

    Bag(LongStream things) {
        sorted = things.toArray();
        Arrays.sort(sorted);
    }

    int size() {
        return sorted.length;
    }

    /** How many of its things are in the other one too. */
    int common(Bag other) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < sorted.length && j < other.sorted.length) {
            int order = Long.compare(sorted[i], other.sorted[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return common;
    }

    /** The cosine of the angle between the two, from 0 (nothing in common) to 1 (the same in the same proportions). */
    double cosine(Bag other) {
        double product = 0;
        int i = 0;
        int j = 0;
        while (i < sorted.length && j < other.sorted.length) {
            int order = Long.compare(sorted[i], other.sorted[j]);
            if (order == 0) {
                product += (double) times(i) * other.times(j);
            }
            i += order <= 0 ? times(i) : 0;
            j += order >= 0 ? other.times(j) : 0;
        }
        return product == 0 ? 0 : product / Math.sqrt(squared() * other.squared());
    }

    /** How often the thing at a place occurs, from there on. */
    private int times(int place) {
        int end = place;
        while (end < sorted.length && sorted[end] == sorted[place]) {
            end++;
        }
        return end - place;
    }

    private double squared() {
        double sum = 0;
        for (int i = 0; i < sorted.length; i += times(i)) {
            sum += (double) times(i) * times(i);
        }
        return sum;
    }
}
