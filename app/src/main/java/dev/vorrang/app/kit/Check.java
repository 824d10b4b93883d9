package dev.vorrang.app.kit;

import dev.vorrang.app.program.ErrorText;
import dev.vorrang.schemas.text.ForeignText;
import java.util.Optional;

/**
 * What a look at one thing brought.
 *
 * @param what was looked at, a word or two
 * @param good whether it is as it should be
 * @param finding what was found
 * @param advice what to do, where it is not good or could be better
 */
public record Check(String what, boolean good, String finding, Optional<String> advice) {

    public Check {
        finding = ForeignText.line(finding);
        advice = advice.map(ForeignText::line);
    }

    public static Check good(String what, String finding) {
        return new Check(what, true, finding, Optional.empty());
    }

    public static Check bad(String what, String finding, String advice) {
        return new Check(
                what, false, ErrorText.plain(finding.lines().findFirst().orElse("")), Optional.of(advice));
    }
}
