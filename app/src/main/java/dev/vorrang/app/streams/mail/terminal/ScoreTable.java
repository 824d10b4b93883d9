package dev.vorrang.app.streams.mail.terminal;

import static dev.vorrang.app.terminal.Cells.FAINT;
import static dev.vorrang.app.terminal.Cells.GAP;
import static dev.vorrang.app.terminal.Cells.PLAIN;
import static dev.vorrang.app.terminal.Cells.cell;
import static dev.vorrang.app.terminal.Cells.millis;
import static dev.vorrang.app.terminal.Cells.orDash;
import static dev.vorrang.app.terminal.Cells.wrap;

import dev.vorrang.app.terminal.Cells;
import dev.vorrang.app.terminal.Frame;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.WordEffect;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.schemas.view.MailScoreView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Draws a board as lines of text that fit a terminal.
 */
public final class ScoreTable {

    private static final int PRIORITY = 13;
    private static final int TOPIC = 16;
    private static final int SENTIMENT = 9;
    private static final int WITH_REASON = 96;
    private static final int WITH_SENDER = 64;

    private final String title;
    private final List<String> footer;
    private final Cells cells;

    /**
     * @param title stands above the table
     * @param colours whether to colour; see <a href="https://no-color.org">NO_COLOR</a>
     * @param footer lines below the figures, such as where to look
     */
    public ScoreTable(String title, boolean colours, String... footer) {
        this.title = title;
        this.footer = List.of(footer);
        this.cells = new Cells(colours);
    }

    /**
     * @param width columns of the terminal
     * @param height lines of the terminal; rows that do not fit are left out, the least pressing first
     * @return at most height lines of at most width columns
     */
    public List<AttributedString> draw(ScoreBoard.Snapshot board, int width, int height) {
        var columns = Columns.of(width);
        var below = new ArrayList<AttributedString>();
        below.add(AttributedString.EMPTY);
        below.addAll(wrap(figures(board), width));
        footer.forEach(line -> below.addAll(wrap(cells.styled(line, FAINT), width)));

        var above = List.of(cells.styled(title, PLAIN.bold()), AttributedString.EMPTY, header(columns));
        return new Frame(cells, above, below)
                .around(board.rows(), board.scored(), row -> row(row, columns), width, height);
    }

    /** The names of the columns, as wide as told. */
    AttributedString header(int width) {
        return header(Columns.of(width));
    }

    /** One mail, as wide as told. */
    AttributedString row(MailScore score, int width) {
        return row(score, Columns.of(width));
    }

    private AttributedString header(Columns columns) {
        var style = PLAIN.underline();
        var line = new AttributedStringBuilder();
        cell(line, "PRIORITY", PRIORITY, style);
        cell(line, "TOPIC", TOPIC, style);
        cell(line, "SENTIMENT", SENTIMENT, style);
        if (columns.sender() > 0) {
            cell(line, "SENDER", columns.sender(), style);
        }
        cell(line, "SUBJECT", columns.subject(), style);
        if (columns.reason() > 0) {
            cell(line, "REASONS", columns.reason(), style);
        }
        return line.toAttributedString();
    }

    private AttributedString row(MailScore score, Columns columns) {
        var line = new AttributedStringBuilder();
        var level = score.getPriority();
        var text = level == Priority.LOW ? cells.paint(FAINT) : PLAIN;
        var badge = String.format(Locale.ROOT, " %-6s %.2f ", level, score.getPriorityScore());
        cell(line, badge, PRIORITY, cells.paint(ofPriority(level)));
        cell(line, ForeignText.line(topic(score)), TOPIC, text);
        cell(
                line,
                ForeignText.line(orDash(score.getSentiment())),
                SENTIMENT,
                cells.paint(ofSentiment(score.getSentiment(), text)));
        if (columns.sender() > 0) {
            cell(line, ForeignText.line(orDash(score.getSender())), columns.sender(), text);
        }
        cell(
                line,
                ForeignText.line(score.getSubject()),
                columns.subject(),
                level == Priority.URGENT ? text.bold() : text);
        if (columns.reason() > 0) {
            cell(line, ForeignText.line(why(score)), columns.reason(), cells.paint(FAINT));
        }
        return line.toAttributedString();
    }

    /** The figures below the table. */
    AttributedString figures(ScoreBoard.Snapshot board) {
        var levels = Stream.of(Priority.URGENT, Priority.HIGH, Priority.NORMAL, Priority.LOW)
                .map(level -> board.counts().getOrDefault(level, 0L) + " "
                        + level.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        var line = new AttributedStringBuilder()
                .append(board.scored() + " scored", PLAIN.bold())
                .append(": " + levels)
                .append(String.format(Locale.ROOT, "  ·  %.1f mails/s", board.perSecond()))
                .append("  ·  latency p50 " + millis(board.p50()) + ", p99 " + millis(board.p99()));
        if (board.deadLetters() > 0) {
            line.append(
                    "  ·  " + board.deadLetters() + " dead letters",
                    cells.paint(PLAIN.foreground(AttributedStyle.YELLOW)));
        }
        return line.toAttributedString();
    }

    private static String topic(MailScore score) {
        var topic = orDash(score.getTopic());
        return score.getAbstained() ? topic + " ?" : topic;
    }

    /** The words that spoke for the topic, the reasons of the priority, and the words that spoke for the sentiment. */
    private static String why(MailScore score) {
        return Stream.of(
                        words(score.getTopicWords(), score.getTopic()),
                        new MailScoreView().headline(score).reasons().stream().map(Reason::getText),
                        words(score.getSentimentWords(), score.getSentiment()))
                .flatMap(each -> each)
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code "smoke", "alarm" → emergency}; words that spoke against it are left out. */
    private static Stream<String> words(List<WordEffect> words, String label) {
        return words.stream()
                .filter(word -> word.getEffect() > 0)
                // Only the quotes around a word are ours.
                .map(word -> '"' + word.getWord().replace('"', '\'') + '"')
                .reduce((one, other) -> one + ", " + other)
                .map(all -> all + " → " + orDash(label))
                .stream();
    }

    private static AttributedStyle ofPriority(Priority level) {
        return switch (level) {
            case URGENT -> Cells.ALARM;
            case HIGH -> Cells.WARNING;
            case NORMAL -> PLAIN;
            case LOW -> FAINT;
        };
    }

    private static AttributedStyle ofSentiment(String sentiment, AttributedStyle other) {
        return switch (sentiment == null ? "" : sentiment) {
            case "negative" -> PLAIN.foreground(AttributedStyle.RED | AttributedStyle.BRIGHT);
            case "positive" -> PLAIN.foreground(AttributedStyle.GREEN);
            default -> other;
        };
    }

    /** Widths of the columns that share what the fixed ones leave; 0 where there is no room for one. */
    private record Columns(int sender, int subject, int reason) {

        static Columns of(int width) {
            int left = width - PRIORITY - TOPIC - SENTIMENT - 3 * GAP;
            if (width >= WITH_REASON) {
                left -= 2 * GAP;
                int sender = Math.min(36, left * 26 / 100);
                int subject = left * 40 / 100;
                return new Columns(sender, subject, left - sender - subject);
            }
            if (width >= WITH_SENDER) {
                left -= GAP;
                int sender = left * 40 / 100;
                return new Columns(sender, left - sender, 0);
            }
            return new Columns(0, Math.max(left, 1), 0);
        }
    }
}
