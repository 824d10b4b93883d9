package dev.vorrang.scoring.mail.model;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The native code of Hugging Face's tokenizers, as DJL builds it. It is taken from DJL's archive by way of a file in
 * {@code java.io.tmpdir}, which is deleted as soon as it is loaded.
 *
 * <p>DJL's own loader and its {@code HuggingFaceTokenizer} are passed by on purpose: they look for GPUs and then download another
 * build, leave the code in {@code ~/.djl.ai}, and report their use over the network.
 */
final class TokenizerLibrary {

    private static boolean loaded;

    private TokenizerLibrary() {}

    /**
     * The library, loaded by the first call.
     *
     * @throws ModelRefusedException if there is none for this machine, or it cannot be loaded
     */
    static synchronized TokenizersLibrary get() {
        if (!loaded) {
            load();
            loaded = true;
        }
        return TokenizersLibrary.LIB;
    }

    private static void load() {
        String platform = platform();
        String name = System.mapLibraryName("tokenizers");
        String resource = "/native/lib/" + platform + "/cpu/" + name;
        try (InputStream in = TokenizersLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ModelRefusedException("there is no tokenizer library for " + platform
                        + "; models that take tokens run on linux-x86_64, linux-aarch64 and osx-aarch64");
            }
            Path folder = Files.createTempDirectory("vorrang-tokenizers");
            Path file = folder.resolve(name);
            try {
                Files.copy(in, file);
                System.load(file.toString());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the tokenizer library to " + temporary(), e);
        } catch (UnsatisfiedLinkError e) {
            throw new ModelRefusedException(
                    "the tokenizer library cannot be loaded from " + temporary()
                            + ", which must allow programs to be run: " + e.getMessage(),
                    e);
        }
    }

    private static String temporary() {
        return System.getProperty("java.io.tmpdir") + " (java.io.tmpdir)";
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch");
        return (system.startsWith("mac") ? "osx" : system.split(" ")[0]) + "-"
                + (processor.equals("amd64") ? "x86_64" : processor);
    }
}
