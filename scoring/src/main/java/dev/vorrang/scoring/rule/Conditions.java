package dev.vorrang.scoring.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compiles conditions in the <a href="https://github.com/google/cel-spec">Common Expression Language</a> and checks their
 * types, so that a mistake shows at the start and not on a mail. Thread-safe.
 *
 * <p>What a condition may cost is bounded: {@value #LONGEST} characters, {@value #ITERATIONS} steps in {@code exists},
 * {@code all}, {@code map} and {@code filter} together, regular expressions in RE2, whose time is linear in the text.
 *
 * <p>Variables:
 *
 * <ul>
 *   <li>{@code mail}: {@code id, thread, source, sender, from, to, cc, replyTo, deliveredTo} (addresses, never display names), {@code
 *       subject, text, textTruncated, attachments} (each {@code name, type, size, sha256}), {@code automatic} (NONE,
 *       AUTO_REPLY, LIST, BULK, BOUNCE), {@code flags, parseStatus, receivedAt} (timestamp) and {@code size}
 *   <li>{@code score}: {@code topic, topicConfidence, topics} (label to probability), {@code sentiment,
 *       sentimentConfidence, sentiments}
 *   <li>{@code abstained}, {@code repeats} (mails of the thread before this one), {@code vip}
 *   <li>in routes also {@code priority} (LOW, NORMAL, HIGH, URGENT) and {@code priorityScore} (0 to 1)
 * </ul>
 */
public final class Conditions {

    static final String MAIL = "mail";
    static final String SCORE = "score";
    static final String ABSTAINED = "abstained";
    static final String REPEATS = "repeats";
    static final String VIP = "vip";
    static final String PRIORITY = "priority";
    static final String PRIORITY_SCORE = "priorityScore";

    private static final int LONGEST = 4000;
    private static final int ITERATIONS = 2000;
    private static final int DEEPEST = 50;
    private static final int LARGEST_REGEX = 1000;

    private static final CelType STRINGS = ListType.create(SimpleType.STRING);
    private static final CelType PROBABILITIES = MapType.create(SimpleType.STRING, SimpleType.DOUBLE);
    private static final StructType ATTACHMENT_TYPE = struct(
            "Attachment",
            ImmutableMap.of(
                    "name", SimpleType.STRING,
                    "type", SimpleType.STRING,
                    "size", SimpleType.INT,
                    "sha256", SimpleType.STRING));
    private static final StructType MAIL_TYPE = struct(
            "Mail",
            ImmutableMap.<String, CelType>builder()
                    .put("id", SimpleType.STRING)
                    .put("thread", SimpleType.STRING)
                    .put("source", SimpleType.STRING)
                    .put("sender", SimpleType.STRING)
                    .put("from", STRINGS)
                    .put("to", STRINGS)
                    .put("cc", STRINGS)
                    .put("replyTo", STRINGS)
                    .put("deliveredTo", STRINGS)
                    .put("subject", SimpleType.STRING)
                    .put("text", SimpleType.STRING)
                    .put("textTruncated", SimpleType.BOOL)
                    .put("attachments", ListType.create(ATTACHMENT_TYPE))
                    .put("automatic", SimpleType.STRING)
                    .put("flags", STRINGS)
                    .put("parseStatus", SimpleType.STRING)
                    .put("receivedAt", SimpleType.TIMESTAMP)
                    .put("size", SimpleType.INT)
                    .build());
    private static final StructType SCORE_TYPE = struct(
            "Score",
            ImmutableMap.of(
                    "topic", SimpleType.STRING,
                    "topicConfidence", SimpleType.DOUBLE,
                    "topics", PROBABILITIES,
                    "sentiment", SimpleType.STRING,
                    "sentimentConfidence", SimpleType.DOUBLE,
                    "sentiments", PROBABILITIES));

    private static final ImmutableMap<String, CelType> RULE_VARIABLES = ImmutableMap.of(
            MAIL, MAIL_TYPE,
            SCORE, SCORE_TYPE,
            ABSTAINED, SimpleType.BOOL,
            REPEATS, SimpleType.INT,
            VIP, SimpleType.BOOL);
    private static final ImmutableMap<String, CelType> ROUTE_VARIABLES = ImmutableMap.<String, CelType>builder()
            .putAll(RULE_VARIABLES)
            .put(PRIORITY, SimpleType.STRING)
            .put(PRIORITY_SCORE, SimpleType.DOUBLE)
            .build();

    private static final Conditions RULES = new Conditions(RULE_VARIABLES);
    private static final Conditions ROUTES = new Conditions(ROUTE_VARIABLES);

    private final Cel cel;
    private final String allowed;

    private Conditions(ImmutableMap<String, CelType> variables) {
        this.cel = environment(variables);
        this.allowed =
                "a CEL expression that is true or false, over " + String.join(", ", new TreeSet<>(variables.keySet()))
                        + "; mail." + String.join("|", new TreeSet<>(MAIL_TYPE.fieldNames()))
                        + "; score." + String.join("|", new TreeSet<>(SCORE_TYPE.fieldNames()));
    }

    /** For the rules of the priority policy: before there is a priority. */
    public static Conditions ofRules() {
        return RULES;
    }

    /** For routes: with the priority. */
    public static Conditions ofRoutes() {
        return ROUTES;
    }

    /**
     * Compiles a condition.
     *
     * @param owner whom it belongs to, in words, for errors: {@code rule 'night shift'}
     * @param expression CEL
     * @throws ConditionException if it does not parse, its types do not fit, it is too long or not a boolean
     */
    public Condition compile(String owner, String expression) {
        try {
            return new Condition(
                    owner, expression, cel.createProgram(cel.compile(expression).getAst()));
        } catch (CelValidationException e) {
            throw new ConditionException(owner + ": '" + expression + "' " + issues(e) + "; allowed is " + allowed, e);
        } catch (CelEvaluationException e) {
            throw new ConditionException(
                    owner + ": '" + expression + "' " + e.getMessage() + "; allowed is " + allowed, e);
        }
    }

    private static String issues(CelValidationException e) {
        return e.getErrors().stream().map(Conditions::issue).collect(Collectors.joining("; "));
    }

    private static String issue(CelIssue issue) {
        var at = issue.getSourceLocation();
        // The column counts from 0.
        return "line " + at.getLine() + ", column " + (at.getColumn() + 1) + ": " + issue.getMessage();
    }

    private static Cel environment(ImmutableMap<String, CelType> variables) {
        var options = CelOptions.current()
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(DEEPEST)
                .comprehensionMaxIterations(ITERATIONS)
                .maxRegexProgramSize(LARGEST_REGEX)
                .enableHeterogeneousNumericComparisons(true)
                .build();
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.optional(), CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.optional(), CelExtensions.strings())
                .setTypeProvider(new MailTypes())
                .setResultType(SimpleType.BOOL);
        variables.forEach(builder::addVar);
        return builder.build();
    }

    private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
        return StructType.create(
                name, ImmutableSet.copyOf(fields.keySet()), field -> Optional.ofNullable(fields.get(field)));
    }

    /** Our record types, which at run time are maps by field name. */
    private record MailTypes() implements CelTypeProvider {

        private static final ImmutableList<CelType> TYPES = ImmutableList.of(MAIL_TYPE, SCORE_TYPE, ATTACHMENT_TYPE);

        @Override
        public ImmutableList<CelType> types() {
            return TYPES;
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return TYPES.stream().filter(type -> type.name().equals(typeName)).findFirst();
        }
    }
}
