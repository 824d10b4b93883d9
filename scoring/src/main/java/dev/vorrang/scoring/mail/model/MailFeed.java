package dev.vorrang.scoring.mail.model;

import java.util.Map;
import org.tensorflow.Tensor;

/** Tensors of one call of a mail model. Whoever makes one closes it. */
public sealed interface MailFeed extends AutoCloseable permits MailTensors, TokenTensors {

    /** The tensors by name; they stay this object's to close. */
    Map<String, Tensor> byName();

    @Override
    void close();
}
