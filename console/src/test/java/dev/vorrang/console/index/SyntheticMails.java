package dev.vorrang.console.index;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.WordEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Mails of about 1,200 characters for measurements: words of 60,000 in the frequencies of a language (Zipf), numbers of orders and customers,
 * 20,000 senders. One mail in twenty belongs to a flood of similar ones. For one thread.
 */
final class SyntheticMails {

    private static final int WORDS = 60_000;
    private static final List<String> SYLLABLES = List.of(
            "an", "be", "ver", "ge", "re", "ting", "tion", "ment", "lich", "keit", "rech", "nung", "lie", "fer", "zahl",
            "kun", "den", "auf", "trag", "pro", "dukt", "ser", "vice", "mel", "dung", "stör", "haus", "werk", "zeug",
            "ab", "schluss", "in", "ter", "com", "pu", "port", "ad", "min", "ra", "to", "ma", "li", "so", "ne");
    private static final List<String> TOPICS =
            List.of("billing", "order", "outage", "complaint", "cancellation", "contract", "question", "spam");
    private static final List<String> QUEUES = List.of("service", "billing", "technics", "sales", "management");
    private static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");
    private static final List<String> URGENCIES = List.of("now", "today", "this_week", "none");

    private final Random random;
    private final List<String> words = new ArrayList<>();
    private final double[] cumulated = new double[WORDS];
    private final Instant first;

    SyntheticMails(long seed, Instant first) {
        random = new Random(seed);
        this.first = first;
        // The same dictionary whatever the seed.
        var dictionary = new Random(1);
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            var word = new StringBuilder();
            for (int left = 1 + dictionary.nextInt(4); left > 0; left--) {
                word.append(SYLLABLES.get(dictionary.nextInt(SYLLABLES.size())));
            }
            words.add(word.toString());
            sum += 1.0 / (i + 2);
            cumulated[i] = sum;
        }
    }

    /** A word as often as it comes in texts. */
    String word() {
        int place = java.util.Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[WORDS - 1]);
        return words.get(Math.min(WORDS - 1, place < 0 ? -place - 1 : place));
    }

    EmailMessage mail(long number) {
        boolean flood = random.nextInt(20) == 0;
        int sender = random.nextInt(20_000);
        String subject = flood
                ? "Störung " + words.get(random.nextInt(50)) + " in " + words.get(100 + random.nextInt(20))
                : sentence(4 + random.nextInt(6)) + (random.nextInt(3) == 0 ? " #" + random.nextInt(1_000_000) : "");
        var text = new StringBuilder("Guten Tag,\n\n");
        int length = 400 + random.nextInt(1_600);
        while (text.length() < length) {
            text.append(sentence(6 + random.nextInt(14))).append(random.nextInt(5) == 0 ? ".\n\n" : ". ");
            if (random.nextInt(8) == 0) {
                text.append("Auftrag ").append(random.nextInt(10_000_000)).append(' ');
            }
        }
        return EmailMessage.newBuilder()
                .setId("%032x".formatted(number * 0x9E3779B97F4A7C15L))
                .setMessageId(number + "@example.org")
                .setThread(number % 5 == 0 ? "thread-" + number / 10 + "@example.org" : number + "@example.org")
                .setSource("imap://service@mail.example.org/INBOX;UIDVALIDITY=1/;UID=" + number)
                .setReceivedAt(first.plusSeconds(number * 5))
                .setFrom(List.of(new Address(
                        words.get(sender) + " " + words.get(sender / 2), "kunde" + sender + "@example.com")))
                .setTo(List.of(new Address(null, "service@example.org")))
                .setSubject(subject)
                .setText(text.toString())
                .setSize(length * 3L)
                .build();
    }

    private String sentence(int length) {
        var sentence = new StringBuilder();
        for (int i = 0; i < length; i++) {
            sentence.append(i == 0 ? "" : " ").append(word());
        }
        sentence.setCharAt(0, Character.toUpperCase(sentence.charAt(0)));
        return sentence.toString();
    }

    MailScore score(EmailMessage mail, Position position) {
        float score = (float) Math.pow(random.nextDouble(), 3);
        Priority priority = score > 0.8f
                ? Priority.URGENT
                : score > 0.5f ? Priority.HIGH : score > 0.1f ? Priority.NORMAL : Priority.LOW;
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        var reasons = new ArrayList<Reason>();
        for (int i = 0; i < 3; i++) {
            String label = word();
            reasons.add(new Reason("word", Map.of("label", label, "share", "0.2"), "topic " + topic + ": " + label));
        }
        return MailScore.newBuilder()
                .setId(mail.getId())
                .setThread(mail.getThread())
                .setSource(mail.getSource())
                .setSender(mail.getFrom().get(0).getAddress())
                .setSubject(mail.getSubject())
                .setReceivedAt(mail.getReceivedAt())
                .setTopic(topic)
                .setTopicConfidence(0.8f)
                .setTopics(probabilities(TOPICS))
                .setTopicWords(effects())
                .setSentiment(SENTIMENTS.get(random.nextInt(SENTIMENTS.size())))
                .setSentiments(probabilities(SENTIMENTS))
                .setSentimentWords(effects())
                .setUrgency(URGENCIES.get(random.nextInt(URGENCIES.size())))
                .setUrgencies(probabilities(URGENCIES))
                .setUrgencyWords(effects())
                .setLanguage(random.nextInt(4) == 0 ? "en" : "de")
                .setPriority(priority)
                .setPriorityScore(score)
                .setAbstained(random.nextInt(20) == 0)
                .setReasons(reasons.stream().map(Reason::getText).toList())
                .setReasonDetails(reasons)
                .setQueues(List.of(QUEUES.get(random.nextInt(QUEUES.size()))))
                .setSignature(signature(mail.getSubject()))
                .setModel(new ModelRef("mail-triage", "3"))
                .setPosition(position)
                .setScoredAt(mail.getReceivedAt().plusSeconds(2))
                .build();
    }

    /** Mails of a flood have most hashes in common, others none. */
    private List<Integer> signature(String subject) {
        var shared = new Random(subject.startsWith("Störung") ? subject.hashCode() : random.nextLong());
        var hashes = new TreeSet<Integer>();
        while (hashes.size() < 16) {
            hashes.add((hashes.size() < 13 ? shared : random).nextInt(1 << 28));
        }
        return List.copyOf(hashes);
    }

    private Map<String, Float> probabilities(List<String> labels) {
        var probabilities = new HashMap<String, Float>();
        labels.forEach(label -> probabilities.put(label, random.nextFloat() / labels.size()));
        return probabilities;
    }

    private List<WordEffect> effects() {
        var effects = new ArrayList<WordEffect>();
        for (int i = 0; i < 5; i++) {
            effects.add(new WordEffect(word(), random.nextFloat() * 3 - 1));
        }
        return effects;
    }
}
