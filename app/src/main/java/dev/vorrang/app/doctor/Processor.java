package dev.vorrang.app.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The processor of this machine.
 *
 * @param name as its maker calls it, if that is known
 * @param instructions those of its vector and matrix instructions that matter to TensorFlow, by Linux's names
 */
record Processor(Optional<String> name, List<String> instructions) {

    /** Where Linux tells of it. */
    static final Path LINUX = Path.of("/proc/cpuinfo");

    private static final List<String> TELLING = List.of(
            "sse4_2",
            "avx",
            "avx2",
            "fma",
            "avx512f",
            "avx512_vnni",
            "avx512_bf16",
            "amx_bf16",
            "asimd",
            "bf16",
            "sve");

    /** @param told what Linux tells; where there is none, only the architecture is known */
    static Processor read(Path told) {
        Optional<String> name = Optional.empty();
        var flags = Set.<String>of();
        try {
            // The first processor speaks for all.
            for (String line : Files.readAllLines(told, StandardCharsets.UTF_8)) {
                var words = line.split("\\s*:\\s*", 2);
                if (words.length == 2 && words[0].equals("model name") && name.isEmpty()) {
                    name = Optional.of(words[1].strip());
                } else if (words.length == 2 && words[0].matches("flags|Features") && flags.isEmpty()) {
                    flags = Set.of(words[1].strip().split("\\s+"));
                }
            }
        } catch (IOException e) {
            return new Processor(Optional.empty(), List.of());
        }
        var known = new ArrayList<>(TELLING);
        known.retainAll(flags);
        return new Processor(name, List.copyOf(known));
    }

    String describe() {
        var words = new ArrayList<String>();
        words.add(name.orElse(System.getProperty("os.arch")));
        words.addAll(instructions);
        return String.join(" ", words);
    }
}
