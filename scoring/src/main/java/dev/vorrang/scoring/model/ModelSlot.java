package dev.vorrang.scoring.model;

import dev.vorrang.scoring.batch.BatchFunction;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The place where the model in service stands, so that it can be replaced while it scores. Safe for use by several threads:
 * calls run side by side; a replacement waits for those that run, and calls wait for the moment of the exchange only, not for
 * the loading. The slot owns its model: it closes the one it replaces, and the last one when it is closed.
 */
public final class ModelSlot implements BatchFunction<MailText, MailPrediction>, AutoCloseable {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private MailModel model;
    private boolean closed;

    /** @param model the first model, which this slot closes from now on */
    public ModelSlot(MailModel model) {
        this.model = model;
    }

    /**
     * Puts another model into service.
     *
     * @throws ModelRefusedException if the new one is refused; the one before stays in service
     * @throws IllegalStateException if this slot is closed
     */
    public void replace(Path folder, ModelOptions options) {
        MailModel next = MailModel.load(folder, options);
        MailModel old;
        lock.writeLock().lock();
        try {
            old = closed ? next : model;
            model = closed ? model : next;
        } finally {
            lock.writeLock().unlock();
        }
        old.close();
        if (old == next) {
            throw new IllegalStateException("the model's slot is closed");
        }
    }

    /** Card of the model in service. */
    public ModelCard card() {
        lock.readLock().lock();
        try {
            return model.card();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** @throws IllegalStateException if this slot is closed, else as {@link MailModel#apply} */
    @Override
    public List<MailPrediction> apply(List<MailText> mails) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model's slot is closed");
            }
            return model.apply(mails);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
