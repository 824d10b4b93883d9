package dev.vorrang.app.settings;

import dev.vorrang.app.priority.Manipulation;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.VipSenders;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes how a priority comes about, with examples that the policy itself has judged. */
public final class PriorityReference {

    private static String introduction() {
        return """
            # Priority

            Each mail gets a score from 0 to 1, a level (LOW, NORMAL, HIGH, URGENT) and the reasons for it.

            Signals have weights w from -1 to 1. Positive weights are combined as a noisy-or (Pearl, *Probabilistic Reasoning in Intelligent
            Systems*, 1988): each adds its share of the distance to 1. Negative weights then reduce the result by their share:

                score = (1 - Π (1 - w)) · Π (1 - |v|)    over all w > 0 and all v < 0

            The score stays within [0, 1], increases with every weight, and does not depend on the order of signals.

            - Urgency and stake, if the model has these heads: see below. Topic, sentiment and priority of such a model do not count.
            - Otherwise topic: Σ p(topic) · weight(topic) over all topics, not only the most probable one, so that a small change of the text
              changes the score only a little. The same for sentiment, and for the model's priorities if it has a priority head.
            - n earlier mails in the thread: 1 - (1 - repeat)^n.
            - A VIP sender, by address or domain. Senders are easy to forge, so VIP status only raises the score and has no other effect.
            - Automatic mail lowers the score; a notice of a program, such as an alarm, does not.
            - Your rules with `add`. A rule with `set` replaces the score.
            - If the model abstains, the mail goes to the fallback queue, and is at least NORMAL unless it is
              an automatic reply, a newsletter or a bounce.
            - A mail whose content was not read (`parseStatus` UNREAD: encrypted, an image, text that only points at an attachment), or that has
              neither subject nor text, is treated as if the model abstains; the reasons have the cause.

            - A mail in a language that is not on the model's card is treated as if the model abstains, too. Rules and routes can use
              `language`.

            No built-in signal except the model reads subject or text: a mail that calls itself urgent gains only what the model infers from it.

            A model with a priority head (`./vorrang train mail --priority COLUMN`) also predicts priorities, and their expected weight
            is a further signal. It reproduces the criteria of the people who labelled the mails, which may include the word "urgent". Therefore it
            adds at most half of the distance to 1, changes the score by at most 0.5 between its extremes, and alone makes no
            question URGENT. Numeric labels start at 1 for the most urgent, as in ITIL and X-Priority; set `streams.mail.priority.model-priorities` if
            yours are in the opposite order.

            A model that has neither topics nor urgencies has nothing but its priority to go by: the score is then `streams.mail.priority.other-topics` plus the
            expected weight, and may be of any level.

            ## Urgency and what is at stake

            The model gives a probability to each urgency (`now`, `today`, `soon`, `none`) and to each stake (`life`, `privacy`,
            `security`, `operation`, `money`, `deadline`, `contract`, `convenience`, `nothing`). A mail of urgency u and stake s that waits like
            any other costs waiting(u) · stakes(s), in any unit. The expected cost of a mail is

                cost = Σ p(u) · waiting(u) · Σ p(s) · stakes(s) / Σ p(s)    over all urgencies u, and all stakes s but nothing

            The stake nothing is left out of the mean, for a mail that is either an emergency or nothing is, where it is an emergency, not
            about nothing. If the model knows no stakes, the factor is `other-stakes`.

            A level is worth its attention from where the expected cost of waiting is as high as the cost of the attention. The score is
            the level's threshold there, and rises in proportion between these, so that mails of one level are in the order of their
            costs: a polite mail about a patient comes before an angry one about a parcel. As a missed emergency costs forty times what a
            look at a harmless mail costs, a model that is unsure about `now` raises the mail.

            | waiting (`streams.mail.priority.costs.waiting`) | life | privacy, security, operation | money, deadline | contract, convenience |
            | --- | --- | --- | --- | --- |
            """
                + matrix()
                + """

            Factors of the stakes are `streams.mail.priority.costs.stakes`; attention (`streams.mail.priority.costs.attention`) costs %s for NORMAL, %s for HIGH and %s for
            URGENT.

            | mail | score | level | reasons |
            | --- | --- | --- | --- |
            """.formatted(attention(Priority.NORMAL), attention(Priority.HIGH), attention(Priority.URGENT))
                + urgency("a ventilator fails", "life", 0, 1, 0, 0)
                + urgency("the same, the model gives now a third", "life", 0.67f, 0.33f, 0, 0)
                + urgency("the same, a tenth", "life", 0.9f, 0.1f, 0, 0)
                + urgency("a line stands still", "operation", 0, 1, 0, 0)
                + urgency("a team cannot work today", "operation", 0, 0, 0, 1)
                + urgency("an angry mail about a parcel", "convenience", 0, 0, 1, 0)
                + urgency("a newsletter that nobody marked as one", "nothing", 1, 0, 0, 0)
                + """

            ## Examples of models without urgency, with the default weights

            | mail | score | level | reasons |
            | --- | --- | --- | --- |
            """;
    }

    private static final String END = """

            The number of a reason is the effect of its signal: the score with the signal minus the score without it. The numbers do not add
            up to the score, because signals share the distance to 1. The weights are in [settings.md](settings.md).

            The cost of rules and routes is bounded. A rule that is too large is refused at the start. The limits are 4,000 characters, 1,000 nodes
            of the syntax tree, and three nested `exists`, `all`, `map` and `filter`. A rule that costs too much on a mail is skipped for that mail,
            and the log names the rule, its cost and the limit: 2,000 iterations of `exists`, `all`, `map` and `filter`, 32,000,000 steps (about one
            for each character or element that a function reads or writes), 1,000,000 characters or elements of a value.
            """;

    private static final List<String> URGENCIES = List.of("none", "now", "soon", "today");
    private static final List<String> STAKES = List.of("convenience", "life", "nothing", "operation");
    private static final List<String> TOPICS = List.of("outage", "information", "praise");
    private static final List<String> PRIORITIES = List.of("low", "high", "critical");
    private static final List<String> SENTIMENTS = List.of("negative", "neutral");

    private static final PriorityPolicy POLICY =
            PriorityPolicy.of(PrioritySettings.defaults().withVipSenders(VipSenders.of(List.of("vip.example"))));

    private PriorityReference() {}

    private static String matrix() {
        var costs = PrioritySettings.defaults().costs();
        return Stream.of("now", "today", "soon", "none")
                .map(urgency -> Stream.of("life", "operation", "money", "convenience")
                        .map(stake -> number(costs.waiting(urgency, stake)))
                        .collect(Collectors.joining(" | ", "| " + urgency + " | ", " |\n")))
                .collect(Collectors.joining());
    }

    private static String attention(Priority level) {
        return number(PrioritySettings.defaults().costs().attention().get(level));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replace(".0", "");
    }

    private static String urgency(String words, String stake, float... urgencies) {
        var stakes = new float[STAKES.size()];
        stakes[STAKES.indexOf(stake)] = 1;
        var prediction = new MailPrediction(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Head(URGENCIES, urgencies, best(urgencies), false, List.of())),
                Optional.of(new Head(STAKES, stakes, STAKES.indexOf(stake), false, List.of())));
        return row(words, mail("a.example", Automatic.NONE), 0, prediction);
    }

    /** The whole file, in Markdown. */
    public static String markdown() {
        return introduction()
                + row("certainly outage", mail("a.example", Automatic.NONE), 0, "neutral", false, 1, 0, 0)
                + row("the same, certainly negative", mail("a.example", Automatic.NONE), 0, "negative", false, 1, 0, 0)
                + row("the same from a VIP", mail("vip.example", Automatic.NONE), 0, "negative", false, 1, 0, 0)
                + row("the third of its thread", mail("a.example", Automatic.NONE), 2, "negative", false, 1, 0, 0)
                + row("half outage, half praise", mail("a.example", Automatic.NONE), 0, "neutral", false, 0.5f, 0, 0.5f)
                + row("information in a bulk mail", mail("a.example", Automatic.BULK), 0, "neutral", false, 0, 1, 0)
                + row("perhaps praise, abstained", mail("a.example", Automatic.NONE), 0, "neutral", true, 0, 0.3f, 0.7f)
                + row("the same in a bulk mail", mail("a.example", Automatic.BULK), 0, "neutral", true, 0, 0.3f, 0.7f)
                + taught("information, priority head: certainly critical", 0, 0, 1)
                + taught("the same, half high, half critical", 0, 0.5f, 0.5f)
                + taught("the same, certainly low", 1, 0, 0)
                + claims()
                + END;
    }

    private static String claims() {
        return """

                ## Effect of claims

                Claims in a mail have little effect. With the shipped model and the default weights, on twenty ordinary mails in
                English and German, none of these changes the score by more than %.2f, and none makes a question URGENT. All of
                them together make one of six questions URGENT. Hidden text and headers have no effect:

                %s
                Before a model reads a text, endless repetitions are removed: a word that occurs more than ten times is kept once
                if it makes up more than a tenth of the text, or if the text repeats all its words. Headers such as X-Priority are not read. A
                described emergency is scored as one, true or not: this is the purpose of the model, and the reasons show it.
                """.formatted(
                        Manipulation.MOST_MOVE,
                        Stream.of(Manipulation.values())
                                .map(manipulation -> "- " + manipulation.words() + "\n")
                                .collect(Collectors.joining()));
    }

    private static String taught(String words, float... priorities) {
        var prediction = new MailPrediction(
                Optional.of(new Head(TOPICS, new float[] {0, 1, 0}, 1, false, List.of())),
                Optional.empty(),
                Optional.of(new Head(PRIORITIES, priorities, best(priorities), false, List.of())));
        return row(words, mail("a.example", Automatic.NONE), 0, prediction);
    }

    private static String row(
            String words, EmailMessage mail, int repeats, String sentiment, boolean abstained, float... topics) {
        var prediction = new MailPrediction(
                Optional.of(new Head(TOPICS, topics, best(topics), abstained, List.of())),
                Optional.of(new Head(
                        SENTIMENTS,
                        sentiment.equals("negative") ? new float[] {1, 0} : new float[] {0, 1},
                        SENTIMENTS.indexOf(sentiment),
                        false,
                        List.of())),
                Optional.empty());
        return row(words, mail, repeats, prediction);
    }

    private static String row(String words, EmailMessage mail, int repeats, MailPrediction prediction) {
        var verdict = POLICY.judge(mail, prediction, repeats);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %s | %s |\n",
                words,
                verdict.score(),
                verdict.level(),
                String.join("; ", verdict.sentences()));
    }

    private static int best(float[] topics) {
        int best = 0;
        for (int i = 1; i < topics.length; i++) {
            best = topics[i] > topics[best] ? i : best;
        }
        return best;
    }

    private static EmailMessage mail(String domain, Automatic automatic) {
        return EmailMessage.newBuilder()
                .setSubject("Subject")
                .setId("0")
                .setThread("0")
                .setSource("file:/mail#1")
                .setReceivedAt(Instant.EPOCH)
                .setFrom(List.of(new Address(null, "anna@" + domain)))
                .setAutomatic(automatic)
                .build();
    }
}
