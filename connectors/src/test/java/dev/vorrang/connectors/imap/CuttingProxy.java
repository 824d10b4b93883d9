package dev.vorrang.connectors.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP proxy that cuts connections after so many bytes from the server, or lets them hang without a word. */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private final int target;
    private volatile boolean silent;

    public CuttingProxy(int target) throws IOException {
        this.target = target;
        run(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    public int cuts() {
        return cuts.get();
    }

    /** Cuts each connection from now on after so many bytes from the server. */
    public void cutAfter(long bytes) {
        cutAfter.set(bytes);
    }

    /** Swallows all bytes of the connections there are, as a firewall does that forgot them; new ones are served. */
    public void silence() {
        silent = true;
        sockets.clear();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), target);
                silent = false;
                connections.incrementAndGet();
                sockets.add(client);
                sockets.add(server);
                run(() -> copy(client, server, false));
                run(() -> copy(server, client, true));
            }
        } catch (IOException e) {
            // The proxy was closed, or the server does not take connections now.
        }
    }

    private void copy(Socket from, Socket to, boolean isFromServer) {
        var buffer = new byte[4096];
        long copied = 0;
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (silent || !sockets.contains(from)) {
                    continue;
                }
                copied += read;
                if (isFromServer && copied > cutAfter.get()) {
                    cuts.incrementAndGet();
                    break;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Closed at the other end.
        }
        close(from);
        close(to);
    }

    private static void run(Runnable work) {
        var thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Nothing more to do.
        }
    }

    @Override
    public void close() {
        close(listener);
        sockets.forEach(CuttingProxy::close);
    }
}
