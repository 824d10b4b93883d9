package dev.vorrang.app.settings;

import dev.vorrang.app.priority.Manipulation;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
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

    private static final String INTRODUCTION = """
            # Priority

            Each mail gets a score from 0 to 1, a level (LOW, NORMAL, HIGH, URGENT) and the reasons for it.

            Signals have weights w from -1 to 1. Those above 0 join as a noisy or (Pearl, *Probabilistic Reasoning in Intelligent
            Systems*, 1988): each takes its share of what is missing to 1. Those below 0 then take their share of the result:

                score = (1 - Π (1 - w)) · Π (1 - |v|)    over all w > 0 and all v < 0

            So the score stays within [0, 1], rises with every weight, and does not depend on any order.

            - Topic: Σ p(topic) · weight(topic) over all topics, not the most probable one alone, so that a small change of the text
              moves the score a little. The same for sentiment, and for the model's own priorities if it was taught them.
            - n earlier mails in the thread: 1 - (1 - repeat)^n.
            - A VIP sender, by address or domain. Senders are easy to forge, so a VIP moves up, and may do nothing else.
            - Automatic mail, which goes down; a notice of a program, such as an alarm, does not.
            - Rules of your own with `add`. One with `set` replaces the score.
            - If the model is not sure, the mail goes to the fallback queue, and is at least NORMAL unless it is
              an automatic reply, a newsletter or a bounce.
            - A mail whose content was not read (`parseStatus` UNREAD: encrypted, an image, text that only points at an attachment), or that has
              neither subject nor text, counts as one of which the model is not sure; the reasons say why.

            No signal reads subject or text: a mail that calls itself urgent gains nothing by it beyond what the model makes of it.

            A model that was taught priorities (`./vorrang train mail --priority COLUMN`) also gives its own, and their expected weight
            is one more signal. It goes by what those who labelled the mails went by, and that may have been the word "urgent"; so it
            takes at most half of what is missing to 1, moves the score by 0.5 at most between its extremes, and alone makes no
            question URGENT. Labels that are numbers count down from 1,
            the most urgent, as in ITIL and X-Priority; set `priority.model-priorities` if yours count up.

            ## Examples, with the default weights

            | mail | score | level | reasons |
            | --- | --- | --- | --- |
            """;

    private static final String END = """

            A reason's number is what its signal moved: the score with it less the score without it. They do not add up to the score,
            for the signals share what is missing to 1. The weights are in [settings.md](settings.md).

            What a rule or a route may cost is bounded. A rule that is too large is refused at the start: 4,000 characters, 1,000 nodes of its
            syntax tree, three of `exists`, `all`, `map` and `filter` in one another. A rule that costs too much on a mail is skipped on it, and the log
            names the rule, its cost and what is allowed: 2,000 rounds of `exists` and its like, 32,000,000 steps (about a character or an element
            that a function reads or writes each), 1,000,000 characters or elements of a value.
            """;

    private static final List<String> TOPICS = List.of("outage", "information", "praise");
    private static final List<String> PRIORITIES = List.of("low", "high", "critical");
    private static final List<String> SENTIMENTS = List.of("negative", "neutral");

    private static final PriorityPolicy POLICY =
            PriorityPolicy.of(PrioritySettings.defaults().withVipSenders(VipSenders.of(List.of("vip.example"))));

    private PriorityReference() {}

    /** The whole file, in Markdown. */
    public static String markdown() {
        return INTRODUCTION
                + row("sure of outage", mail("a.example", Automatic.NONE), 0, "neutral", false, 1, 0, 0)
                + row("the same, sure of negative", mail("a.example", Automatic.NONE), 0, "negative", false, 1, 0, 0)
                + row("the same from a VIP", mail("vip.example", Automatic.NONE), 0, "negative", false, 1, 0, 0)
                + row("the third of its thread", mail("a.example", Automatic.NONE), 2, "negative", false, 1, 0, 0)
                + row("half outage, half praise", mail("a.example", Automatic.NONE), 0, "neutral", false, 0.5f, 0, 0.5f)
                + row("information in a bulk mail", mail("a.example", Automatic.BULK), 0, "neutral", false, 0, 1, 0)
                + row("perhaps praise, not sure", mail("a.example", Automatic.NONE), 0, "neutral", true, 0, 0.3f, 0.7f)
                + row("the same in a bulk mail", mail("a.example", Automatic.BULK), 0, "neutral", true, 0, 0.3f, 0.7f)
                + taught("information, taught priorities: sure of critical", 0, 0, 1)
                + taught("the same, half high, half critical", 0, 0.5f, 0.5f)
                + taught("the same, sure of low", 1, 0, 0)
                + claims()
                + END;
    }

    private static String claims() {
        return """

                ## What a claim does

                Nothing in a mail may claim privilege. With the model that ships and the default weights, on twenty ordinary mails in
                English and German, none of these moves the score by more than %.2f up or down, and none makes a question URGENT, nor do
                all of them together; hidden text and headers move nothing at all:

                %s
                Before a model reads a text, what it repeats without end is thinned: a word that comes more than ten times stays once
                if it makes up more than a tenth of the text, or if the text says all its words over and over. Headers such as X-Priority are not read. Whoever describes an emergency
                is believed, true or not: that is what the model is for, and the reasons show it.
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
