package dev.vorrang.scoring.rule;

import com.google.common.collect.ImmutableList;
import com.google.re2j.Pattern;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelOptions;
import dev.cel.common.CelRuntimeException;
import dev.cel.common.internal.DefaultMessageFactory;
import dev.cel.common.internal.DynamicProto;
import dev.cel.common.values.CelByteString;
import dev.cel.extensions.CelExtensions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.ProtoMessageRuntimeEquality;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * CEL's functions, each of which says to {@link EvaluationCost} what it is about to cost: CEL bounds the number of steps in
 * {@code map} and its like, but neither what a step does nor the size of what it makes.
 */
final class MeteredFunctions implements CelRuntimeLibrary {

    /** They make something as large as their arguments together. */
    private static final Set<String> CONCATENATIONS = Set.of("add_string", "add_list", "add_bytes");

    private static final int CACHED_PATTERNS = 1000;
    /** Of a regular expression few states are active at a time, so that all of them would be too much to charge. */
    private static final int STATES_FOR_A_STEP = 8;

    private final CelOptions options;
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    MeteredFunctions(CelOptions options) {
        this.options = options;
    }

    /** Adds the standard functions and those of strings; the standard environment must not be enabled beside it. */
    @Override
    public void setRuntimeOptions(CelRuntimeBuilder runtime) {
        var equality = ProtoMessageRuntimeEquality.create(DynamicProto.create(DefaultMessageFactory.INSTANCE), options);
        CelStandardFunctions.newBuilder().build().newFunctionBindings(equality, options).stream()
                .map(this::metered)
                .forEach(runtime::addFunctionBindings);
        stringFunctions().stream().map(this::metered).forEach(runtime::addFunctionBindings);
    }

    /** CEL has no other way to get at them. */
    private static List<CelFunctionBinding> stringFunctions() {
        var bindings = new ArrayList<CelFunctionBinding>();
        var recorder = (CelRuntimeBuilder) Proxy.newProxyInstance(
                CelRuntimeBuilder.class.getClassLoader(),
                new Class<?>[] {CelRuntimeBuilder.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("addFunctionBindings")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    var added = arguments[0] instanceof CelFunctionBinding[] array
                            ? List.of(array)
                            : ImmutableList.copyOf((Iterable<?>) arguments[0]);
                    added.forEach(binding -> bindings.add((CelFunctionBinding) binding));
                    return proxy;
                });
        CelExtensions.strings().setRuntimeOptions(recorder);
        return bindings;
    }

    private CelFunctionBinding metered(CelFunctionBinding function) {
        if (function.getArgTypes().stream().noneMatch(MeteredFunctions::mayBeLarge)) {
            return function;
        }
        var id = function.getOverloadId();
        var original = function.getDefinition();
        CelFunctionOverload charged = id.equals("matches") || id.equals("matches_string")
                ? arguments -> matches((String) arguments[0], (String) arguments[1])
                : arguments -> {
                    charge(id, arguments);
                    return original.apply(arguments);
                };
        return CelFunctionBinding.from(id, function.getArgTypes(), arguments -> {
            try {
                return charged.apply(arguments);
            } catch (CelRuntimeException e) {
                throw e;
            } catch (RuntimeException e) {
                // CEL would write all arguments into its message, however large they are.
                throw new CelRuntimeException(e, CelErrorCode.INVALID_ARGUMENT);
            }
        });
    }

    private static boolean mayBeLarge(Class<?> type) {
        return type == Object.class
                || CharSequence.class.isAssignableFrom(type)
                || CelByteString.class.isAssignableFrom(type)
                || Iterable.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type);
    }

    private static void charge(String function, Object[] arguments) {
        var cost = EvaluationCost.current();
        long size = 0;
        for (Object argument : arguments) {
            size += size(argument);
        }
        cost.charge(function, 1 + size);
        if (CONCATENATIONS.contains(function)) {
            cost.chargeValue("+", size);
        } else if (function.startsWith("string_replace")) {
            cost.chargeValue("replace", replacedLength(arguments));
        } else if (function.startsWith("list_join")) {
            cost.chargeValue("join", joinedLength(arguments));
        }
    }

    private static long size(Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        return value instanceof CelByteString bytes ? bytes.size() : 0;
    }

    private static long replacedLength(Object[] arguments) {
        var text = (String) arguments[0];
        var replaced = (String) arguments[1];
        long by = ((String) arguments[2]).length();
        long limit = arguments.length > 3 && (Long) arguments[3] >= 0 ? (Long) arguments[3] : Long.MAX_VALUE;
        if (replaced.isEmpty()) {
            return text.length() + by * Math.min(limit, text.length() + 1L);
        }
        long times = 0;
        for (int at = text.indexOf(replaced); at >= 0 && times < limit; at = text.indexOf(replaced, at)) {
            times++;
            at += replaced.length();
        }
        return text.length() + times * (by - replaced.length());
    }

    private static long joinedLength(Object[] arguments) {
        long length = 0;
        long separator = arguments.length > 1 ? ((String) arguments[1]).length() : 0;
        for (Object element : (List<?>) arguments[0]) {
            length += size(element) + separator;
        }
        return length;
    }

    /** As CEL does it, with patterns kept: most are constants. */
    private boolean matches(String text, String regex) {
        var pattern = patterns.get(regex);
        if (pattern == null) {
            pattern = Pattern.compile(regex);
            if (patterns.size() < CACHED_PATTERNS) {
                patterns.put(regex, pattern);
            }
        }
        int states = pattern.programSize();
        if (states > options.maxRegexProgramSize()) {
            throw new IllegalArgumentException("the regular expression has %d states, allowed are %d"
                    .formatted(states, options.maxRegexProgramSize()));
        }
        EvaluationCost.current().charge("matches", 1 + text.length() * (1L + states / STATES_FOR_A_STEP));
        return pattern.matcher(text).find();
    }
}
