package dev.vorrang.scoring.rule;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles conditions in the <a href="https://github.com/google/cel-spec">Common Expression Language</a> and checks their
 * types, so that a mistake shows at the start and not on a record. Thread-safe.
 *
 * <p>What a condition may cost is bounded. When it is compiled: {@value #LONGEST} characters, {@value #LARGEST} nodes of its
 * syntax tree, {@value #DEEPEST_LOOPS} of {@code exists}, {@code all}, {@code map} and {@code filter} in one another. When it
 * is evaluated: {@value #ITERATIONS} rounds of those together, {@value EvaluationCost#LIMIT} steps, {@value
 * EvaluationCost#LARGEST_VALUE} characters or elements of any value; regular expressions are RE2's, whose time is linear in
 * the text.
 *
 * @param <T> type of the records
 */
public final class Conditions<T> {

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

    private final Fields<T> variables;
    private final Function<T, String> subject;
    private final CelCompiler compiler;

    private Conditions(Fields<T> variables, Function<T, String> subject) {
        this.variables = variables;
        this.subject = subject;
        this.compiler = compiler(variables);
    }

    /**
     * Conditions on one kind of record.
     *
     * @param variables what a condition may ask
     * @param subject which record it is in words, such as {@code mail 17}, for the log
     */
    public static <T> Conditions<T> over(Fields<T> variables, Function<T, String> subject) {
        return new Conditions<>(
                Objects.requireNonNull(variables, "variables"), Objects.requireNonNull(subject, "subject"));
    }

    /**
     * Compiles a condition.
     *
     * @param owner whom it belongs to, in words, for errors: {@code rule 'night shift'}
     * @param expression CEL
     * @throws ConditionException if it does not parse, its types do not fit, it is too long or not a boolean
     */
    public Condition<T> compile(String owner, String expression) {
        try {
            var tree = compiler.compile(expression).getAst();
            checkSize(owner, expression, tree);
            return new Condition<>(owner, expression, RUNTIME.createProgram(tree), variables, subject);
        } catch (CelValidationException e) {
            throw refused(owner, expression, issues(e), e);
        } catch (CelEvaluationException e) {
            throw refused(owner, expression, e.getMessage(), e);
        }
    }

    private ConditionException refused(String owner, String expression, String why, Exception cause) {
        return new ConditionException(
                owner + ": '" + expression + "' " + why + "; allowed is a CEL expression that is true or false, over "
                        + variables.allowed(),
                cause);
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

    private static CelCompiler compiler(Fields<?> variables) {
        var builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(CelExtensions.optional(), CelExtensions.strings())
                .setTypeProvider(new RecordTypes(ImmutableMap.copyOf(variables.structTypes())))
                .setResultType(SimpleType.BOOL);
        variables.types().forEach(builder::addVar);
        return builder.build();
    }

    /** Types of values that have fields, which at run time are maps by field name. */
    private record RecordTypes(ImmutableMap<String, CelType> byName) implements CelTypeProvider {

        @Override
        public ImmutableCollection<CelType> types() {
            return byName.values();
        }

        @Override
        public Optional<CelType> findType(String typeName) {
            return Optional.ofNullable(byName.get(typeName));
        }
    }
}
