package dev.vorrang.scoring.action;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/** Ids of actions: the same for the same thing, whenever and wherever it is decided. */
final class ActionIds {

    private static final int HEX_DIGITS = 32;

    private ActionIds() {}

    /** 32 hex digits of a SHA-256 over the lengths and UTF-8 of name and record, and the two numbers. */
    static String of(String name, String record, int step, int summary) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (String text : new String[] {name, record}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            hasher.putInt(bytes.length).putBytes(bytes);
        }
        return hasher.putInt(step).putInt(summary).hash().toString().substring(0, HEX_DIGITS);
    }
}
