package dev.vorrang.app.streams;

import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.NoOpCommitHook;
import dev.vorrang.app.crash.Poison;
import dev.vorrang.app.stream.Wiring;
import dev.vorrang.app.streams.machine.FaultyMachineModel;
import dev.vorrang.scoring.engine.CommitHook;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;

/** Puts models that can be made to fail, and that choke on poison, between the program and its real models. */
final class FaultyWiring implements Wiring {

    private final boolean withoutHook;
    private final ModelFaults faults = new ModelFaults();

    /** @param withoutHook whether nothing is scored before a commit, which loses records */
    FaultyWiring(boolean withoutHook) {
        this.withoutHook = withoutHook;
    }

    ModelFaults faults() {
        return faults;
    }

    @Override
    public BatchFunction<MailText, MailPrediction> mail(BatchFunction<MailText, MailPrediction> model) {
        return texts -> {
            faults.strike();
            if (texts.stream().anyMatch(text -> text.subject().startsWith(Poison.MARK))) {
                throw new IllegalArgumentException(Poison.COMPLAINT);
            }
            return model.apply(texts);
        };
    }

    @Override
    public MachineModel machine(MachineModel model) {
        return new FaultyMachineModel(model, faults);
    }

    @Override
    public CommitHook hook() {
        var hook = Wiring.super.hook();
        return withoutHook ? new NoOpCommitHook(hook) : hook;
    }
}
