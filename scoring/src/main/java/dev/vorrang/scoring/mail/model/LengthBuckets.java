package dev.vorrang.scoring.mail.model;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sorts the mails of a batch by their length into buckets, so that a short mail is padded to the longest of its bucket and not of
 * the batch. Pure.
 *
 * @param bounds the longest length of each bucket, ascending, each 1 or more; the last is the longest that there is
 */
record LengthBuckets(List<Integer> bounds) {

    private static final int SHORTEST = 16;

    LengthBuckets {
        bounds = List.copyOf(bounds);
    }

    /** 16, 32, 64 and so on, and at last the model's longest. */
    static LengthBuckets doubling(int maxLength) {
        var bounds = IntStream.iterate(SHORTEST, bound -> bound > 0 && bound < maxLength, bound -> bound * 2)
                .boxed()
                .collect(Collectors.toList());
        bounds.add(maxLength);
        return new LengthBuckets(bounds);
    }

    /**
     * @param lengths of each mail, 0 to the last bound
     * @return places of the mails of each bucket that has any, short buckets first, places ascending
     */
    List<int[]> divide(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .collect(Collectors.groupingBy(place -> bucket(lengths[place]), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(places -> places.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private int bucket(int length) {
        int place = Arrays.binarySearch(bounds.toArray(), length);
        int bucket = place >= 0 ? place : -place - 1;
        if (bucket == bounds.size()) {
            throw new IllegalArgumentException(
                    "a mail of " + length + " tokens, the longest allowed is " + bounds.get(bucket - 1));
        }
        return bucket;
    }
}
