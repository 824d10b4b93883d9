package dev.vorrang.app.streams.mail.fetch;

import dev.vorrang.app.streams.mail.fetch.BaseFile.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a large file over HTTP, and goes on where it ended before if the server can.
 *
 * @param part file that what has come is kept in, in a folder that is there
 * @param patience how long the server may say nothing
 */
record Download(URI address, Path part, Duration patience) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    /** After so many breaks in a row without a byte, somebody should look. */
    private static final int MOST_BREAKS = 3;

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int BEYOND_THE_END = 416;
    private static final int SERVER_ERRORS = 500;

    Download(URI address, Path part) {
        this(address, part, PATIENCE);
    }

    /** An answer that says that asking again will not help. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Fetches what is missing.
     *
     * @param size of the whole
     * @throws IOException if that fails; what has come stays
     */
    void fetch(long size, Progress progress) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build();
        int breaks = 0;
        while (have() < size) {
            long before = have();
            try {
                fetchOnce(client, size, progress);
                if (have() < size) {
                    throw new IOException("the answer ends after " + have() + " of " + size + " bytes");
                }
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                breaks = have() > before ? 1 : breaks + 1;
                if (breaks == MOST_BREAKS) {
                    throw e;
                }
            }
        }
        progress.fetched(have(), size);
    }

    private long have() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private void fetchOnce(HttpClient client, long size, Progress progress) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
        if (have() > 0) {
            request.header("Range", "bytes=" + have() + "-");
        }
        int status = await(client.sendAsync(request.build(), intoPart()), size, progress);
        if (status == BEYOND_THE_END) {
            Files.deleteIfExists(part);
            throw new IOException("the server has less than what was fetched before, which has been deleted");
        }
        if (status >= SERVER_ERRORS) {
            throw new IOException("the server answers with status " + status);
        }
        if (status != OK && status != PARTIAL) {
            throw new RefusedException("the server answers with status " + status);
        }
    }

    /** Appends to the file, or begins it anew if the whole comes. */
    private BodyHandler<Path> intoPart() {
        return head -> switch (head.statusCode()) {
            case PARTIAL ->
                BodySubscribers.ofFile(
                        part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
            case OK ->
                BodySubscribers.ofFile(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
            default -> BodySubscribers.replacing(part);
        };
    }

    /** Waits as long as something comes. */
    private int await(CompletableFuture<HttpResponse<Path>> answer, long size, Progress progress) throws IOException {
        long before = have();
        int silent = 0;
        while (true) {
            try {
                return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            } catch (TimeoutException e) {
                silent = have() == before ? silent + 1 : 0;
                before = have();
                progress.fetched(before, size);
                if (LOOK.multipliedBy(silent).compareTo(patience) >= 0) {
                    answer.cancel(true);
                    throw new HttpTimeoutException("nothing has come for " + patience.toSeconds() + " s");
                }
            } catch (InterruptedException e) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
            }
        }
    }
}
