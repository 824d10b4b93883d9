package dev.vorrang.scoring.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compiles conditions in the <a href="https://github.com/google/cel-spec">Common Expression Language</a> and checks their
 * types, so that a mistake shows at the start and not on a mail. Thread-safe.
 *
 * <p>What a condition may cost is bounded. When it is compiled: {@value #LONGEST} characters, {@value #LARGEST} nodes of its
 * syntax tree, {@value #DEEPEST_LOOPS} of {@code exists}, {@code all}, {@code map} and {@code filter} in one another. When it
 * is evaluated: {@value #ITERATIONS} rounds of those together, {@value EvaluationCost#LIMIT} steps, {@value
 * EvaluationCost#LARGEST_VALUE} characters or elements of any value; regular expressions are RE2's, whose time is linear in
 * the text.
 *
 * <p>Variables:
 *
 * <ul>
 *   <li>{@code mail}: {@code id, thread, source, sender, from, to, cc, replyTo, deliveredTo} (addresses, never display names), {@code
 *       subject, text, textTruncated, attachments} (each {@code name, type, size, sha256}), {@code automatic} (NONE,
 *       AUTO_REPLY, LIST, BULK, BOUNCE), {@code flags, parseStatus} (OK, LIMIT,
 *       DAMAGED, UNREAD), {@code parseNotes, receivedAt} (timestamp) and {@code size}
 *   <li>{@code score}: {@code topic, topicConfidence, topics} (label to probability), {@code sentiment,
 *       sentimentConfidence, sentiments}
 *   <li>{@code abstained}, {@code repeats} (mails of the thread before this one), {@code vip}
 *   <li>in routes also {@code priority} (LOW, NORMAL, HIGH, URGENT) and {@code priorityScore} (0 to 1)
 * </ul>
 */
public final class Conditions {

    static final String MAIL = "mail";
    static final String SCORE = "score";
    static final String LANGUAGE = "language";
    static final String ABSTAINED = "abstained";
    static final String REPEATS = "repeats";
    static final String VIP = "vip";
    static final String PRIORITY = "priority";
    static final String PRIORITY_SCORE = "priorityScore";

    private static final int LONGEST = 4000;
    private static final int ITERATIONS = 2000;
    private static final int DEEPEST = 50;
    private static final int LARGEST = 1000;
    private static final int DEEPEST_LOOPS = 3;
    private static final int LARGEST_REGEX = 1000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(DEEPEST)
            .comprehensionMaxIterations(ITERATIONS)
            .maxRegexProgramSize(LARGEST_REGEX)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .addLibraries(CelExtensions.optional(), new MeteredFunctions(OPTIONS))
            .build();

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
                    .put("parseNotes", STRINGS)
                    .put("receivedAt", SimpleType.TIMESTAMP)
                    .put("size", SimpleType.INT)
                    .build());
    private static final StructType SCORE_TYPE = struct(
            "Score",
            ImmutableMap.<String, CelType>builder()
                    .put("topic", SimpleType.STRING)
                    .put("topicConfidence", SimpleType.DOUBLE)
                    .put("topics", PROBABILITIES)
                    .put("sentiment", SimpleType.STRING)
                    .put("sentimentConfidence", SimpleType.DOUBLE)
                    .put("sentiments", PROBABILITIES)
                    .put("urgency", SimpleType.STRING)
                    .put("urgencies", PROBABILITIES)
                    .put("stake", SimpleType.STRING)
                    .put("stakes", PROBABILITIES)
                    .build());

    private static final ImmutableMap<String, CelType> RULE_VARIABLES = ImmutableMap.of(
            MAIL, MAIL_TYPE,
            SCORE, SCORE_TYPE,
            LANGUAGE, SimpleType.STRING,
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

    private final CelCompiler compiler;
    private final String allowed;

    private Conditions(ImmutableMap<String, CelType> variables) {
        this.compiler = compiler(variables);
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
            var tree = compiler.compile(expression).getAst();
            checkSize(owner, expression, tree);
            return new Condition(owner, expression, RUNTIME.createProgram(tree));
        } catch (CelValidationException e) {
            throw new ConditionException(owner + ": '" + expression + "' " + issues(e) + "; allowed is " + allowed, e);
        } catch (CelEvaluationException e) {
            throw new ConditionException(
                    owner + ": '" + expression + "' " + e.getMessage() + "; allowed is " + allowed, e);
        }
    }

    private static void checkSize(String owner, String expression, CelAbstractSyntaxTree tree) {
        var nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
        check(owner, expression, "nodes of its syntax tree", nodes.size(), LARGEST);
        var loops = nodes.stream().mapToInt(Conditions::loopsAround).max().orElse(0);
        check(owner, expression, "of exists, all, map and filter in one another", loops, DEEPEST_LOOPS);
    }

    /** One after the other, as in {@code a.map(…).filter(…)}, they are not in one another. */
    private static int loopsAround(CelNavigableExpr node) {
        int loops = node.getKind() == Kind.COMPREHENSION ? 1 : 0;
        var inner = node;
        for (var outer = node.parent(); outer.isPresent(); outer = inner.parent()) {
            var around = outer.get();
            if (around.getKind() == Kind.COMPREHENSION
                    && around.expr().comprehension().iterRange().id() != inner.id()) {
                loops++;
            }
            inner = around;
        }
        return loops;
    }

    private static void check(String owner, String expression, String what, int actual, int allowed) {
        if (actual > allowed) {
            throw new ConditionException(
                    "%s: '%s' has %d %s, allowed are %d".formatted(owner, expression, actual, what, allowed), null);
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

    private static CelCompiler compiler(ImmutableMap<String, CelType> variables) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.optional(), CelExtensions.strings())
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
