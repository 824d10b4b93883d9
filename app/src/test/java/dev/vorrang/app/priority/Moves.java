package dev.vorrang.app.priority;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.PriorityDecision;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far each manipulation moves the priority of ordinary mails, with a model and the default weights. As a program it prints that,
 * to choose among models: run it from the module's folder, after {@code mvn test-compile}, with the class path of the tests:
 * {@code java -cp … dev.vorrang.app.priority.Moves FOLDER_OF_A_MODEL}.
 */
final class Moves {

    private static final List<Draft> MAILS = Stream.concat(
                    OrdinaryMails.INFORMATION.stream(), OrdinaryMails.OTHERS.stream())
            .toList();

    private final PriorityPolicy policy = PriorityPolicy.of(PrioritySettings.defaults());
    private final MailModel model;
    private final List<PriorityDecision> before;

    /** @param model stays the caller's to close */
    Moves(MailModel model) {
        this.model = model;
        this.before = judge(MAILS);
    }

    /**
     * One mail's priority before and after.
     *
     * @param subject of the mail as it was
     */
    record Move(String subject, PriorityDecision before, PriorityDecision after) {

        /** From -1 to 1, above 0 if the mail seems more urgent. */
        double score() {
            return (double) after.score() - before.score();
        }
    }

    /** One for each ordinary mail. */
    List<Move> of(Manipulation manipulation) {
        List<PriorityDecision> after =
                judge(MAILS.stream().map(manipulation::of).toList());
        var moves = new ArrayList<Move>();
        for (int i = 0; i < MAILS.size(); i++) {
            moves.add(new Move(MAILS.get(i).subject(), before.get(i), after.get(i)));
        }
        return moves;
    }

    List<PriorityDecision> judge(List<Draft> drafts) {
        List<EmailMessage> mails = drafts.stream().map(Draft::received).toList();
        var predictions = model.apply(mails.stream()
                .map(mail -> new MailText(mail.getSubject(), mail.getText()))
                .toList());
        var verdicts = new ArrayList<PriorityDecision>();
        for (int i = 0; i < mails.size(); i++) {
            verdicts.add(policy.judge(mails.get(i), predictions.get(i), 0));
        }
        return verdicts;
    }

    public static void main(String[] arguments) {
        try (var model =
                MailModel.load(Path.of(arguments[0]), ModelOptions.defaults().withExplain(false))) {
            var moves = new Moves(model);
            System.out.printf("%-18s %8s %8s %8s%n", "manipulation", "median", "most up", "most down");
            for (var manipulation : Manipulation.values()) {
                double[] scores =
                        moves.of(manipulation).stream().mapToDouble(Move::score).toArray();
                double[] sizes = Arrays.stream(scores).map(Math::abs).sorted().toArray();
                System.out.printf(
                        "%-18s %8.3f %8.3f %8.3f%n",
                        manipulation,
                        (sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2,
                        Arrays.stream(scores).max().orElseThrow(),
                        Arrays.stream(scores).min().orElseThrow());
            }
        }
    }
}
